// img-picker: photos are made smaller on the phone (at most 1600 px, JPEG), added and removed one by one
import {say3, tell, toast} from './core.js';
const SIDE = 1600;
// turned upright by the browser; old web views do not know the option and turn by themselves
const decode = file => createImageBitmap(file, {imageOrientation: 'from-image'}).catch(() => createImageBitmap(file));
function draw(src, side, cover) {
  const c = document.createElement('canvas'), w = src.width, h = src.height, x = c.getContext('2d');
  if (cover) { const m = Math.min(w, h); c.width = c.height = side; x.drawImage(src, (w - m) / 2, (h - m) / 2, m, m, 0, 0, side, side); return c; }
  const r = Math.min(1, side / Math.max(w, h)); c.width = Math.max(1, Math.round(w * r)); c.height = Math.max(1, Math.round(h * r));
  x.fillStyle = '#fff'; x.fillRect(0, 0, c.width, c.height); x.drawImage(src, 0, 0, c.width, c.height); return c;
}
const jpeg = c => new Promise(done => c.toBlob(done, 'image/jpeg', .85));
class ImgPicker extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    if (!window.DataTransfer || !window.createImageBitmap) { this.dataset.plain = ''; return; }
    this.list = this.querySelector('.shots'); this.add = this.querySelector('.shots-add'); this.input = this.add.querySelector('input');
    this.most = +this.dataset.most || 9; this.files = new Map();
    for (const li of this.list.children) if (li !== this.add) this.cross(li);
    this.input.addEventListener('change', () => this.take([...this.input.files])); this.sync();
  }
  async take(chosen) {
    this.setAttribute('aria-busy', 'true');
    const free = this.most - (this.list.children.length - 1), fresh = chosen.slice(0, Math.max(0, free));
    if (fresh.length < chosen.length) toast(say3(`最多 ${this.most} 张`, `最多 ${this.most} 張`, `At most ${this.most} pictures`), 'bad');
    for (const file of fresh) try {
      const src = await decode(file), blob = await jpeg(draw(src, SIDE)); if (!blob) throw 0;
      const li = document.createElement('li'), seen = draw(src, 176, true); seen.setAttribute('role', 'img'); seen.setAttribute('aria-label', file.name);
      li.append(seen); this.cross(li); this.add.before(li);
      this.files.set(li, new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', {type: 'image/jpeg'})); src.close && src.close();
    } catch { toast(say3('这张图打不开，换一张试试', '這張圖打不開，換一張試試', 'This picture cannot be read. Try another one.'), 'bad'); }
    this.removeAttribute('aria-busy'); this.sync(true);
  }
  cross(li) {
    const b = document.createElement('button'); b.type = 'button'; b.className = 'shots-x';
    b.innerHTML = '<svg class="i -s" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6 6 18"/></svg>';
    b.onclick = () => { this.files.delete(li); li.remove(); this.sync(true); this.input.focus(); }; li.append(b);
  }
  sync(aloud) {
    const dt = new DataTransfer(); for (const f of this.files.values()) dt.items.add(f); this.input.files = dt.files;
    const n = this.list.children.length - 1; this.add.hidden = n >= this.most;
    [...this.list.querySelectorAll('.shots-x')].forEach((b, k) => b.setAttribute('aria-label', say3(`去掉第 ${k + 1} 张`, `去掉第 ${k + 1} 張`, `Remove picture ${k + 1}`)));
    if (aloud) tell(say3(`${n} 张图`, `${n} 張圖`, `${n} pictures`));
  }
}
customElements.get('img-picker') || customElements.define('img-picker', ImgPicker);
