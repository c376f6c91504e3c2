// swipe-gallery: counter, dots, arrow keys and, with a mouse, two buttons; the strip itself scrolls without script
import {say3} from './core.js';
class SwipeGallery extends HTMLElement {
  connectedCallback() {
    const strip = this.querySelector('.hero-strip'), count = this.querySelector('.hero-n'), n = strip.children.length;
    if (n < 2 || this.ready) return; this.ready = true;
    const dots = document.createElement('p'); dots.className = 'dots'; dots.setAttribute('aria-hidden', 'true');
    for (let k = 0; k < n; k++) dots.append(document.createElement('i'));
    const at = () => Math.round(strip.scrollLeft / (strip.clientWidth || 1));
    const go = k => strip.scrollTo({left: Math.max(0, Math.min(n - 1, k)) * strip.clientWidth, behavior: matchMedia('(prefers-reduced-motion:reduce)').matches ? 'auto' : 'smooth'});
    const nav = (next, label, path) => {
      const b = document.createElement('button'); b.type = 'button'; b.className = 'ib hero-nav' + (next ? ' -next' : ''); b.setAttribute('aria-label', label);
      b.innerHTML = `<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`; b.onclick = () => go(at() + (next ? 1 : -1)); return b;
    };
    const prev = nav(false, say3('上一张', '上一張', 'Previous picture'), 'M14.5 5.5 8 12l6.5 6.5'), next = nav(true, say3('下一张', '下一張', 'Next picture'), 'M9.5 5.5 16 12l-6.5 6.5');
    const mark = () => { const k = at(); if (count) count.textContent = `${k + 1}/${n}`; [...dots.children].forEach((d, j) => d.classList.toggle('-on', j === k)); prev.disabled = !k; next.disabled = k === n - 1; };
    strip.addEventListener('scroll', () => { cancelAnimationFrame(this.f); this.f = requestAnimationFrame(mark); }, {passive: true});
    strip.addEventListener('keydown', e => { const to = {ArrowLeft: at() - 1, ArrowRight: at() + 1, Home: 0, End: n - 1}[e.key]; if (to != null) { e.preventDefault(); go(to); } });
    this.append(dots, prev, next); mark();
  }
}
customElements.get('swipe-gallery') || customElements.define('swipe-gallery', SwipeGallery);
