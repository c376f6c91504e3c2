// core: one fragment protocol for posts, loads and server-sent events
const doc = document, root = doc.documentElement, $ = (s, r = doc) => r.querySelector(s);
export const still = matchMedia('(prefers-reduced-motion:reduce)');
const lang = root.lang.startsWith('en') ? 2 : root.lang.includes('Hant') ? 1 : 0;
export const say3 = (...all) => all[lang]; // words: Hans, Hant, English
export const tell = text => { const r = $('#say'); if (r) r.textContent = text; };

// apply(text): a run of <template data-op data-to data-key>
export function apply(html, {transition = false} = {}) {
  const box = doc.createElement('template'); box.innerHTML = html;
  const run = () => {
    for (const t of [...box.content.children]) {            // :scope > template finds nothing in a DocumentFragment
      if (!t.content) continue;
      const {op, to, key} = t.dataset, frag = t.content;
      if (op === 'go') return location.assign(to);
      if (op === 'toast') { toast(frag.textContent.trim(), t.dataset.kind); continue; }
      if (op === 'title') { doc.title = frag.textContent; continue; }
      for (const el of doc.querySelectorAll(to)) {
        const f = frag.cloneNode(true);
        if (op === 'replace') keep(el, () => el.replaceWith(f));
        else if (op === 'inner') keep(el, () => el.replaceChildren(f));
        else if (op === 'append' || op === 'prepend') {
          if (key && doc.getElementById(key)) continue;     // replayed event, or the broadcast of our own post
          const pin = op === 'append' && el.scrollHeight - el.scrollTop - el.clientHeight < 80;
          own(f); el[op](f); trim(el, op);
          if (pin) el.scrollTop = el.scrollHeight; else if (op === 'append') el.dispatchEvent(new Event('app:more', {bubbles: true}));
        }
        else if (op === 'remove') el.remove();
        else if (op === 'reset') { el.reset(); if (key && el.elements.id) el.elements.id.value = key; for (const n of el.elements) n.dispatchEvent(new Event('input')); }
        else if (op === 'attr') for (const [k, v] of Object.entries(JSON.parse(t.dataset.set))) v === null ? el.removeAttribute(k) : el.setAttribute(k, v);
      }
    }
    wake(); doc.dispatchEvent(new Event('app:applied'));
  };
  transition && doc.startViewTransition && !still.matches ? doc.startViewTransition(run) : run();
}
const me = () => root.dataset.me; // lines are rendered once per language
const own = r => { for (const l of r.querySelectorAll('[data-by]')) if (me() && l.dataset.by === me()) l.classList.add('-own'); };
const trim = (el, op) => { const max = +el.dataset.max || 0; while (max && el.children.length > max) (op === 'append' ? el.firstElementChild : el.lastElementChild).remove(); };
function keep(el, f) {
  const a = doc.activeElement, id = el.contains(a) && a.id, v = id && a.value, s = id && a.selectionStart; f();
  const n = id && doc.getElementById(id); if (!n) return;
  if (v != null && 'value' in n) n.value = v;
  n.focus({preventScroll: true}); try { n.setSelectionRange(s, s); } catch {}
}
export function toast(text, kind = '', undo) {
  const r = $('#toasts') || doc.body.appendChild(Object.assign(doc.createElement('div'), {id: 'toasts'})); r.setAttribute('role', 'status');
  const d = doc.createElement('div'); d.className = 'toast' + (kind ? ' -' + kind : ''); d.append(text);
  if (undo) { const b = doc.createElement('button'); b.textContent = say3('撤销', '復原', 'Undo'); b.onclick = () => { undo(); d.remove(); }; d.append(b); }
  r.append(d); setTimeout(() => d.remove(), undo ? 10000 : 3200);
}
function swap(html) {
  const page = new DOMParser().parseFromString(html, 'text/html'), at = () => $('[aria-invalid=true]') || $('.banner');
  doc.title = page.title; doc.body.replaceWith(page.body); own(doc); wake(); scrollTo(0, 0);
  const e = at(); if (e) { tell(e.textContent || (e.closest('.field') || e).textContent); e.focus && e.focus(); e.scrollIntoView({block: 'center'}); }
}
export async function send(url, init, from) {
  const busy = from && (from.closest('[data-busy]') || from); busy && busy.setAttribute('aria-busy', 'true');
  const ctl = new AbortController(), tm = setTimeout(() => ctl.abort(), 15000);
  try {
    const r = await fetch(url, {...init, signal: ctl.signal, credentials: 'same-origin', headers: {'X-Fragment': '1', Accept: 'text/html'}}), body = await r.text();
    if (r.headers.get('x-fragment')) apply(body, {transition: true});
    else if (!(r.headers.get('content-type') || '').includes('html')) throw r.status;
    else if (init.method === 'POST' && !r.redirected) swap(body); // a refusal is a whole page: asking for it again would lose what was typed
    else location.assign(r.url);
  } catch { toast(say3('网络不稳定，请再试一次', '網路不穩定，請再試一次', 'The connection dropped. Please try again.'), 'bad'); }
  finally { clearTimeout(tm); busy && busy.removeAttribute('aria-busy'); }
}
doc.addEventListener('submit', e => {
  const f = e.target; if (!f.matches('form[data-frag]') || e.defaultPrevented) return;
  e.preventDefault(); if (f.getAttribute('aria-busy')) return;
  const sub = e.submitter, data = new FormData(f); if (sub && sub.name) data.append(sub.name, sub.value);
  const qs = new URLSearchParams([...data].filter(p => typeof p[1] === 'string')), url = (sub && sub.getAttribute('formaction')) || f.getAttribute('action') || location.pathname, get = (f.getAttribute('method') || 'get').toLowerCase() === 'get';
  if (get) { history.replaceState(null, '', '?' + qs); send(url.split('?')[0] + '?' + qs, {}, f); }
  else send(url, {method: 'POST', body: f.getAttribute('enctype') === 'multipart/form-data' ? data : qs}, f);
});
const open = d => d.showModal ? d.open || d.showModal() : d.setAttribute('open', '');
doc.addEventListener('click', e => {
  const t = e.target, a = t.closest('a[data-frag]');
  if (a && !e.metaKey && !e.ctrlKey && !e.shiftKey && !e.button) { e.preventDefault(); if (a.dataset.push != null) history.pushState(null, '', a.href); return send(a.href, {}, a); }
  const o = t.closest('[data-open]'); if (o) { const d = $(o.dataset.open); if (d) { e.preventDefault(); open(d); } return; }
  const c = t.closest('[data-close]'), d = c ? c.closest('dialog') : t.matches('dialog') && t;
  if (d) { e.preventDefault(); d.close ? d.close() : d.removeAttribute('open'); }
  const p = t.closest('[data-copy]'); if (p && navigator.clipboard) navigator.clipboard.writeText(p.dataset.copy).then(() => toast(p.dataset.done));
  const g = t.closest('.seg>[aria-pressed]:not([type=submit])'); if (g) for (const b of g.parentNode.children) b.setAttribute('aria-pressed', b === g);
});
doc.addEventListener('input', e => { const f = e.target.form; if (f && f.dataset.live != null) { clearTimeout(f.tm); f.tm = setTimeout(() => f.requestSubmit ? f.requestSubmit() : f.dispatchEvent(new Event('submit', {bubbles: true, cancelable: true})), 250); } });
// a select whose choice decides the next one: only the selects of its fieldset travel, never a name or a phone
doc.addEventListener('change', e => {
  const s = e.target.closest('select[data-refresh]'); if (!s) return;
  const group = s.closest('fieldset'), qs = new URLSearchParams(); for (const x of group.querySelectorAll('select')) { qs.append(x.name, x.value); if (x === s) break; }
  send(s.dataset.refresh + '?' + qs, {}, group);
});
doc.addEventListener('keydown', e => { if ((e.metaKey || e.ctrlKey) && e.key === 'k') { const d = $('#cmdk'); if (d) { e.preventDefault(); open(d); } } });
for (const n of ['online', 'offline']) addEventListener(n, () => root.toggleAttribute('data-down', n === 'offline'));
addEventListener('popstate', () => location.reload());
addEventListener('pageshow', e => e.persisted && doc.dispatchEvent(new Event('app:resume')));

// one EventSource a page: closed while hidden, resumes by cursor, backs off with jitter, then polls
class LiveStream extends HTMLElement {
  connectedCallback() { this.n = 0; this.vis = () => doc.hidden ? this.stop() : this.start(); this.off = () => this.stop();
    doc.addEventListener('visibilitychange', this.vis); doc.addEventListener('app:resume', this.vis); addEventListener('pagehide', this.off); addEventListener('online', this.on = () => { this.n = 0; this.stop(); this.start(); }); this.last = this.dataset.after; this.start(); }
  disconnectedCallback() { doc.removeEventListener('visibilitychange', this.vis); doc.removeEventListener('app:resume', this.vis); removeEventListener('pagehide', this.off); removeEventListener('online', this.on); this.stop(); }
  url(k) { const u = new URL(this.getAttribute('src'), location); k && u.searchParams.set(k, '1'); this.last && u.searchParams.set('after', this.last); return u; }
  start() {
    if (this.es || doc.hidden || !this.getAttribute('src')) return; clearTimeout(this.tm);
    const es = this.es = new EventSource(this.url());
    es.onopen = () => { this.n = 0; root.removeAttribute('data-down'); };
    es.onmessage = e => { this.last = e.lastEventId || this.last; apply(e.data); };
    es.addEventListener('ui', e => doc.dispatchEvent(new CustomEvent('ui', {detail: JSON.parse(e.data)})));
    es.addEventListener('resync', () => { this.stop(); this.start(); }); // fell behind: read the table again from the cursor
    es.onerror = () => { this.stop(); root.setAttribute('data-down', ''); this.n++;
      this.tm = setTimeout(() => this.n > 4 ? this.poll() : this.start(), Math.min(30000, 500 * 2 ** this.n) * (.5 + Math.random())); };
  }
  async poll() {
    try { const r = await fetch(this.url('poll')); if (!r.ok) throw 0; apply(await r.text()); this.last = r.headers.get('x-last') || this.last; root.removeAttribute('data-down'); } catch {}
    if (!doc.hidden && this.isConnected) this.tm = setTimeout(() => this.poll(), 4000);
  }
  stop() { clearTimeout(this.tm); this.es && this.es.close(); this.es = null; }
}
// counts against the server's clock (data-now), speaks only at 10 min, 1 min and the end
const skew = Date.now() - (+root.dataset.now || Date.now());
class CountDown extends HTMLElement {
  connectedCallback() { this.end = Date.parse(this.getAttribute('until')); this.b = this.querySelectorAll('b'); this.tick(); this.t = setInterval(() => this.tick(), 1000); }
  disconnectedCallback() { clearInterval(this.t); }
  tick() {
    const s = Math.max(0, Math.round((this.end - Date.now() + skew) / 1000)), p = [s / 3600, s % 3600 / 60, s % 60].map(x => String(Math.floor(x)).padStart(2, '0'));
    if (this.b.length === 3) p.forEach((x, k) => this.b[k].textContent = x); else this.textContent = p.join(':');
    if (s === 600 || s === 60 || !s) tell((this.getAttribute('aria-label') || '') + ' ' + p.join(':'));
    if (!s) { clearInterval(this.t); this.dispatchEvent(new Event('done', {bubbles: true})); }
  }
}
class LazyMore extends HTMLElement {
  connectedCallback() { const a = $('a', this); if (!a || !window.IntersectionObserver) return; this.o = new IntersectionObserver(x => x[0].isIntersecting && (this.o.disconnect(), a.click()), {rootMargin: '600px'}); this.o.observe(this); }
  disconnectedCallback() { this.o && this.o.disconnect(); }
}
class NumStepper extends HTMLElement {
  connectedCallback() { const i = $('input', this), b = this.querySelectorAll('button'), lim = () => { b[0].disabled = +i.value <= +i.min; b[1].disabled = +i.value >= +i.max; };
    b.forEach((x, k) => x.onclick = () => { i.value = Math.min(+i.max || 999, Math.max(+i.min || 0, (+i.value || 0) + (k ? 1 : -1))); lim(); for (const n of ['input', 'change']) i.dispatchEvent(new Event(n, {bubbles: true})); }); }
}
for (const [n, c] of [['live-stream', LiveStream], ['count-down', CountDown], ['lazy-more', LazyMore], ['num-stepper', NumStepper]]) customElements.get(n) || customElements.define(n, c);
// the rest is fetched only when its element is on the page
const more = {'chat-log': 'chat', 'cmd-k': 'console', 'data-grid': 'console', 'chart-tip': 'console', 'swipe-gallery': 'swipe', 'img-picker': 'picker', 'share-poster': 'share', 'hand-queue': 'handout'};
function wake() { for (const n in more) if (!customElements.get(n) && $(n)) import(`./${more[n]}.js`); }
own(doc); wake();
