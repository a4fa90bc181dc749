// A link to a post leads to it: what it is folded into opens, and the keyboard goes on from there.
const lead = () => {
  const post = location.hash.startsWith("#mensaje-") && document.getElementById(location.hash.slice(1));
  if (!post) return;
  for (let fold = post.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  post.scrollIntoView();
  post.focus({ preventScroll: true });
};

window.addEventListener("hashchange", lead);
lead();
