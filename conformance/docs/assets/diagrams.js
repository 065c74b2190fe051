/**
 * Draws the Mermaid blocks of a page. The library comes from this site, and only to pages that have a block. Colours
 * are those of the page, so that they follow its theme.
 */
const blocks = [...document.querySelectorAll('code.mermaid')];

/** How much smaller than drawn a diagram can still be read. */
const READABLE = 0.55;

const themeCSS = `
  .node rect, .node circle, .node path, .actor, .note, .labelBox {
    fill: var(--color-background-secondary); stroke: var(--color-text-aside);
  }
  text, tspan { fill: var(--color-text) !important; }
  .edgeLabel rect { fill: var(--color-background); opacity: 1; }
  .flowchart-link, .actor-line, .messageLine0, .messageLine1, .loopLine { stroke: var(--color-text-aside); }
  .marker, marker path { fill: var(--color-text-aside); stroke: var(--color-text-aside); }
  .note { stroke-dasharray: 4 3; }
`;

/** Mermaid measures its words, so it waits until the page is shown. */
async function draw() {
  while (document.body.style.display === 'none') await new Promise(requestAnimationFrame);
  const { fontFamily } = getComputedStyle(document.body);
  window.mermaid.initialize({
    startOnLoad: false,
    theme: 'neutral',
    themeCSS,
    fontFamily,
    htmlLabels: false,
    flowchart: { padding: 10 },
    sequence: { mirrorActors: false, actorMargin: 40, messageFontSize: 14, noteFontSize: 14 },
  });
  for (const [i, block] of blocks.entries()) {
    const figure = document.createElement('div');
    figure.className = 'diagram';
    figure.innerHTML = (await window.mermaid.render(`diagram-${i}`, block.textContent)).svg;
    const svg = figure.firstElementChild;
    // As wide as it is drawn where there is room, smaller down to what can still be read, and then it scrolls.
    const { width } = svg.viewBox.baseVal;
    svg.style.maxWidth = `${width}px`;
    svg.style.minWidth = `${READABLE * width}px`;
    block.parentElement.replaceWith(figure);
  }
  document.documentElement.dataset.diagrams = 'drawn';
}

if (blocks.length > 0) {
  const script = document.createElement('script');
  script.src = new URL('mermaid.js', document.currentScript.src).href;
  script.onload = draw;
  document.head.append(script);
}
