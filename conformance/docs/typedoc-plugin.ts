/** Tells typedoc to put a page where its Markdown stands in the repository; those of the library stay where it has them. */
import { relative } from 'node:path';
import { KindRouter, type Application, type Reflection } from 'typedoc';
import { pagesFolder, sitePath } from './site.ts';

class MirrorRouter extends KindRouter {
  protected override getIdealBaseName(reflection: Reflection): string {
    const file = reflection.isDocument() ? reflection.project.files.getReflectionPath(reflection) : undefined;
    const path = file === undefined ? undefined : sitePath(relative(pagesFolder, file));
    return path?.replace(/\.html$/, '') ?? super.getIdealBaseName(reflection);
  }
}

/** Called by typedoc. */
export function load({ renderer }: Application): void {
  renderer.defineRouter('mirror', MirrorRouter);
}
