// share-poster: the phone's own sheet where there is one; the link and the picture are there without
class SharePoster extends HTMLElement {
  connectedCallback() {
    const b = this.querySelector('[data-share]');
    if (b && navigator.share) { b.hidden = false; b.onclick = () => navigator.share({title: b.dataset.title, url: b.dataset.share}).catch(() => {}); }
  }
}
customElements.get('share-poster') || customElements.define('share-poster', SharePoster);
