// hand-queue: taps at the pick-up point are kept on the phone and sent in their order when there is
// a network; each has a number of its own, so that one that is sent twice counts once
import {say3, tell} from './core.js';
const digits = '0123456789abcdefghjkmnpqrstvwxyz';
const mint = () => {
  let n = BigInt(Date.now() - 1700000000000) << 22n | BigInt(Math.floor(Math.random() * 4194304)), out = '';
  for (let i = 0; i < 13; i++) { out = digits[Number(n & 31n)] + out; n >>= 5n; }
  return 'hnd_' + out;
};
class HandQueue extends HTMLElement {
  connectedCallback() {
    this.key = this.dataset.key + ' ' + (document.documentElement.dataset.me || '');
    this.again = () => this.flush();
    addEventListener('online', this.again); this.timer = setInterval(this.again, 5000);
    this.addEventListener('submit', e => this.tap(e));
    this.addEventListener('input', e => e.target.closest('form[data-find]') && this.find(e.target.value));
    for (const t of this.all()) this.draw(t);
    this.count(); this.flush();
  }
  disconnectedCallback() { removeEventListener('online', this.again); clearInterval(this.timer); }
  all() { try { return JSON.parse(localStorage.getItem(this.key)) || []; } catch { return []; } }
  keep(list) { localStorage.setItem(this.key, JSON.stringify(list)); this.count(); }
  row(order) { return this.querySelector('[data-order="' + order + '"]'); }
  tap(e) {
    const f = e.target, row = f.closest('[data-order]'); if (!row) return;
    let list = this.all(); const order = row.dataset.order, data = new FormData(f);
    let t;
    if (f.matches('.hand-form')) t = {id: mint(), order, op: 'hand', by: (data.get('collected_by') || '').trim(), url: f.getAttribute('action')};
    else if (f.matches('.undo-form')) t = {id: data.get('id'), order, op: 'undo', url: f.getAttribute('action')};
    else return;
    // what has not left the phone is simply not sent
    const unsent = t.op === 'undo' && list.some(x => x.id === t.id && x.op === 'hand' && !x.tried);
    try { this.keep(unsent ? list.filter(x => x.id !== t.id) : [...list, t]); }
    catch { return; } // no room on the phone: the form goes its ordinary way
    e.preventDefault(); this.draw(t); this.flush();
  }
  // the row as it will be
  draw(t, words) {
    const row = this.row(t.order); if (!row) return;
    const hand = row.querySelector('.hand-form'), undo = row.querySelector('.undo-form'), gone = t.op === 'hand';
    hand.hidden = gone; undo.hidden = !gone; row.toggleAttribute('data-gone', gone);
    if (gone) undo.elements.id.value = t.id;
    row.querySelector('[data-says]').textContent = words || (gone ? say3('已交付', '已交付', 'Handed over') + (t.by ? ' · ' + t.by : '') : '');
  }
  count() {
    const p = this.querySelector('[data-waiting]'), n = this.all().length; if (!p) return;
    p.hidden = !n; p.textContent = n && this.out ? say3(`请重新登录，${n} 笔还在手机里`, `請重新登入，${n} 筆還在手機裡`, `Sign in again; ${n} kept on this phone`) : n ? say3(`${n} 笔还在手机里，有网就发出去`, `${n} 筆還在手機裡，有網路就送出去`, `${n} kept on this phone, sent when the network is back`) : '';
  }
  async flush() {
    if (this.busy || !this.isConnected || navigator.onLine === false) return; this.busy = true;
    try {
      for (let t; (t = this.all()[0]);) {
        // from here on it may have arrived, even if no answer comes back
        this.keep(this.all().map(x => x.id === t.id && x.op === t.op ? {...x, tried: 1} : x));
        const body = new URLSearchParams({id: t.id, order: t.order, collected_by: t.by || ''});
        const r = await fetch(t.url, {method: 'POST', body, credentials: 'same-origin', redirect: 'manual', headers: {'X-Queue': '1'}});
        this.out = r.type === 'opaqueredirect';
        if (this.out || r.status >= 500 || r.status === 429) throw r.status; // signed out, or a bad moment
        this.keep(this.all().filter(x => !(x.id === t.id && x.op === t.op)));
        if (r.ok) continue;
        const plain = (r.headers.get('content-type') || '').startsWith('text/plain');
        const why = plain ? await r.text() : say3('没有记上，请刷新', '沒有記上，請重新整理', 'Not written down. Reload the page.'); tell(why);
        this.draw({...t, op: t.op === 'hand' ? 'undo' : 'hand'}, why);
      }
    } catch {} finally { this.busy = false; this.count(); }
  }
  find(words) {
    const q = words.trim().replace(/^#/, '').toLowerCase();
    for (const li of this.querySelectorAll('[data-order]')) li.hidden = q && !li.dataset.find.toLowerCase().includes(q);
  }
}
customElements.get('hand-queue') || customElements.define('hand-queue', HandQueue);
