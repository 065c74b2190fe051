/** What is looked at inside a page: these functions run in the browser. */

/** What makes a page scroll sideways; nothing where it does not. @returns {string[]} */
function tooWide() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const widest = [...document.querySelectorAll('body *')].find(
    (element) => element.getBoundingClientRect().right >= scrollWidth && element.clientWidth > 0,
  );
  return [
    `the page is ${scrollWidth} wide (${widest?.tagName ?? '?'} ${(widest?.textContent ?? '').trim().slice(0, 40)})`,
  ];
}

/**
 * Diagrams that are empty, and words in them that stand out too little from what is behind them.
 * @returns {string[]}
 */
function diagramFaults() {
  const CONTRAST = 4.5;

  /** The relative luminance of a colour that is not transparent, as WCAG 2.2 defines it. */
  const luminance = (colour) => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    if (!colour.startsWith('rgb') || alpha === 0) return undefined;
    const linear = [red, green, blue].map((part) =>
      part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };

  /** What is painted behind the middle of some words. */
  const behind = (words) => {
    const { x, y, width, height } = words.getBoundingClientRect();
    const stack = document.elementsFromPoint(x + width / 2, y + height / 2);
    const colours = stack
      .filter((element) => element.closest('text') === null)
      .map((element) => {
        const { fill, backgroundColor } = getComputedStyle(element);
        return element.matches('rect, circle, path, polygon') ? fill : backgroundColor;
      });
    return colours.map(luminance).find((value) => value !== undefined);
  };

  return [...document.querySelectorAll('.diagram')].flatMap((diagram, i) => {
    const words = [...diagram.querySelectorAll('text')].filter((text) => text.textContent.trim() !== '');
    if (words.length === 0) return [`diagram ${i + 1} is empty`];
    return words.flatMap((text) => {
      text.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const own = luminance(getComputedStyle(text.querySelector('tspan') ?? text).fill) ?? 0;
      const [dark, light] = [own, behind(text) ?? own].sort((a, b) => a - b);
      const contrast = (light + 0.05) / (dark + 0.05);
      return contrast >= CONTRAST
        ? []
        : [`diagram ${i + 1} has "${text.textContent.trim()}" with a contrast of ${contrast.toFixed(1)}`];
    });
  });
}
