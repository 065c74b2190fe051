"""The adapter: answers the suite on standard output, until standard input ends."""

from adapter.rpc import serve, take_standard_streams
from adapter.verbs import verbs

if __name__ == "__main__":
    serve(verbs(), *take_standard_streams())
