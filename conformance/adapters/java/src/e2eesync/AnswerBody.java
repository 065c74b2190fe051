package e2eesync;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects the body of one answer up to a limit (HTTP-21), and knows when its last byte came (HTTP-20). */
final class AnswerBody
    implements HttpResponse.BodyHandler<byte[]>, HttpResponse.BodySubscriber<byte[]> {
  private final int limit;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private volatile long lastByte = System.nanoTime();
  private Flow.Subscription subscription;

  AnswerBody(int limit) {
    this.limit = limit;
  }

  /** The answer is larger than the limit. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The {@link System#nanoTime} at which the request began, or the last byte came. */
  long lastByte() {
    return lastByte;
  }

  @Override
  public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo head) {
    lastByte = System.nanoTime();
    return this;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> chunks) {
    lastByte = System.nanoTime();
    for (ByteBuffer chunk : chunks) {
      if (whole.isDone()) return;
      if (chunk.remaining() > limit - body.size()) {
        subscription.cancel();
        whole.completeExceptionally(new TooLarge());
        return;
      }
      byte[] bytes = new byte[chunk.remaining()];
      chunk.get(bytes);
      body.writeBytes(bytes);
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(body.toByteArray());
  }
}
