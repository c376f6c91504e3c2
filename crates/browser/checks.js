// What a page must not have wrong, looked for in the browser. Defines window.kithChecks(), which
// promises a list of findings: an empty one when all is well. Tests only; never sent to readers.
window.kithChecks = async () => {
  const found = new Set();
  const name = el => {
    const id = el.id ? '#' + el.id : '';
    const kind = String(el.className.baseVal ?? el.className).trim().replace(/\s+/g, '.');
    return el.tagName.toLowerCase() + id + (kind ? '.' + kind : '');
  };
  const add = (rule, el, more = '') => found.add([rule, el && name(el), more].filter(Boolean).join(' ').slice(0, 160));

  // ---- colour: WCAG 2.2 contrast of text against what lies under it
  const rgba = text => { const n = (text.match(/[\d.]+/g) || []).map(Number); return n.length < 4 ? [n[0], n[1], n[2], 1] : n; };
  const mix = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = c => {
    const [r, g, b] = c.map(v => { const s = v / 255; return s <= .04045 ? s / 12.92 : ((s + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const dark = getComputedStyle(document.documentElement).colorScheme.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches;
  const under = el => {
    const layers = [];
    for (let e = el; e; e = e.parentElement) {
      const style = getComputedStyle(e), c = rgba(style.backgroundColor);
      if (style.backgroundImage !== 'none' && e !== document.body) return null; // a picture: not decidable here
      if (c[3] > 0) layers.unshift(c);
      if (c[3] === 1) break;
    }
    return layers.reduce((ground, layer) => mix(layer, ground), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
  };

  // ---- what is shown at all
  const folded = '.sr,.skip,[hidden],dialog:not([open]),details:not([open])>:not(summary)';
  const shown = el => {
    const box = el.getBoundingClientRect(), style = getComputedStyle(el);
    return box.width > 1 && box.height > 1 && style.visibility === 'visible' && style.opacity !== '0' && !el.closest(folded);
  };

  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = words.nextNode());) {
    const el = node.parentElement, text = node.data.trim();
    if (!text || !shown(el) || el.closest('script,style,noscript,option,svg,[disabled],[aria-disabled=true]')) continue;
    const style = getComputedStyle(el), px = parseFloat(style.fontSize), ground = under(el);
    if (ground) {
      const ratio = contrast(mix(rgba(style.color), ground), ground);
      const large = px >= 24 || (px >= 18.66 && +style.fontWeight >= 700);
      if (ratio < (large ? 3 : 4.5)) add('contrast ' + ratio.toFixed(2), el, JSON.stringify(text.slice(0, 18)));
    }
    if (px < 11) add('text of ' + px + ' px', el);
    if (style.overflow === 'hidden' && style.textOverflow !== 'ellipsis' && style.display !== '-webkit-box' && el.scrollWidth > el.clientWidth + 1) add('text cut off', el, JSON.stringify(text.slice(0, 18)));
    if (/\{\w*\}|undefined|NaN|\bnull\b|Some\(|None\b/.test(text)) add('machine talk', el, JSON.stringify(text.slice(0, 30)));
  }

  // ---- controls: a name, a size, text large enough that a phone does not zoom
  for (const el of document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')) {
    if (!shown(el)) continue;
    const label = el.labels && el.labels[0], field = el.matches('input,select,textarea');
    const said = el.getAttribute('aria-label') || (el.getAttribute('aria-labelledby') && document.getElementById(el.getAttribute('aria-labelledby'))?.textContent)
      || (label && label.textContent.trim()) || (!field && (el.textContent.trim() || el.querySelector('img[alt]:not([alt=""])')));
    if (!said) add(field ? 'field without label' : 'control without name', el);
    const box = (label || el).getBoundingClientRect(), own = el.getBoundingClientRect();
    const small = b => b.width < 23.5 || b.height < 23.5;
    if (small(own) && small(box) && getComputedStyle(el).display !== 'inline') add(`target ${Math.round(own.width)}x${Math.round(own.height)}`, el);
    if (innerWidth < 700 && el.matches('input:not([type=checkbox],[type=radio],[type=file]),textarea,select') && parseFloat(getComputedStyle(el).fontSize) < 16) add('input under 16 px', el);
  }

  // ---- structure
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of new Set(ids.filter((id, k) => ids.indexOf(id) !== k))) add('duplicate id ' + id);
  for (const attr of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for', 'form'])
    for (const el of document.querySelectorAll(`[${attr}]`)) for (const id of el.getAttribute(attr).split(/\s+/)) if (id && !document.getElementById(id)) add(`${attr} names nothing: ${id}`, el);
  const tops = document.querySelectorAll('h1').length;
  if (tops !== 1) add(`${tops} h1`);
  if (!document.title.trim()) add('no title');
  if (!document.documentElement.lang) add('no lang');

  // ---- width
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) {
    add(`scrolls sideways by ${wide}`);
    for (const el of document.querySelectorAll('body *')) {
      let own = false;
      for (let e = el.parentElement; e && e !== document.body; e = e.parentElement) own ||= /auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX);
      if (!own && shown(el) && el.getBoundingClientRect().right > innerWidth + 1) { add('past the edge', el); break; }
    }
  }

  // ---- pictures: described, arrived, not blank. A blank one has a single colour.
  const pad = document.createElement('canvas'); pad.width = pad.height = 24;
  const brush = pad.getContext('2d', { willReadFrequently: true });
  for (const img of document.images) {
    if (!img.hasAttribute('alt')) add('no alt', img, img.getAttribute('src'));
    if (!shown(img)) continue;
    img.loading = 'eager';
    await Promise.race([img.decode().catch(() => 0), new Promise(r => setTimeout(r, 15000))]);
    if (!img.complete || !img.naturalWidth) { add('did not load', img, img.getAttribute('src')); continue; }
    brush.clearRect(0, 0, 24, 24); brush.drawImage(img, 0, 0, 24, 24);
    let data; try { data = brush.getImageData(0, 0, 24, 24).data; } catch { continue; }
    let same = true;
    for (let i = 4; same && i < data.length; i += 4) same = data[i] === data[0] && data[i + 1] === data[1] && data[i + 2] === data[2] && data[i + 3] === data[3];
    if (same) add('blank picture', img, img.getAttribute('src'));
  }
  return [...found];
};
