/** The numbered sections of the chapters, their titles, and the anchors that they have in the site: `spec/05-srp.html#5.2`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guides, root } from './site.ts';

const HEADING = /^(#+) (\d+(?:\.\d+)*) (.*)$/gm;

interface Section {
  readonly number: string;
  readonly title: string;
  readonly path: string;
}

const all: readonly Section[] = guides
  .filter((path) => /^spec\/\d\d-/.test(path))
  .flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(HEADING)].map(([, , number = '', title = '']) => ({
      number,
      title,
      path,
    })),
  );

/** Section number → the chapter that it stands in. */
export const sections: ReadonlyMap<string, string> = new Map(all.map(({ number, path }) => [number, path]));

/** Section number → the title of the section. */
export const titles: ReadonlyMap<string, string> = new Map(all.map(({ number, title }) => [number, title]));

/** A chapter with an anchor at each numbered heading, which stays when its words change. */
export const withAnchors = (text: string): string =>
  text.replace(
    HEADING,
    (_, level: string, number: string, title: string) => `${level} <a id="${number}"></a>${number} ${title}`,
  );
