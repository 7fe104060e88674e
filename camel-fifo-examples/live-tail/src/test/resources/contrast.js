// Names what has less contrast with its background than 4.5 to 1, as the accessibility guidelines (WCAG AA) ask for.
(() => {
  const parse = color => color.match(/[\d.]+/g).map(Number);
  const luminance = color => parse(color).slice(0, 3)
    .map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = node => {
    const color = getComputedStyle(node).backgroundColor;
    const [, , , alpha = 1] = parse(color);
    return alpha === 0 ? ground(node.parentElement) : color;
  };
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  return [...document.querySelectorAll('h1, #state, input, button, .number, .text, .mark, .note, footer span')]
    .filter(node => node.offsetHeight > 0)
    .map(node => [node, contrast(luminance(getComputedStyle(node).color), luminance(ground(node)))])
    .filter(([, value]) => value < 4.5)
    .map(([node, value]) => `${node.className || node.id || node.tagName}: ${value.toFixed(2)}`)
    .join(', ');
})();
