import { createRoot } from 'react-dom/client';
import { useCurrentAuth } from 'react-iiif-vault';
import { CanvasPanel } from 'react-iiif-vault/canvas-panel';

/** The buttons that react-iiif-vault leaves to its users, and what it knows. */
function Access() {
  const { authItems, login, logout } = useCurrentAuth();
  window.access = authItems.map(({ type, isLoggedIn, error }) => ({ type, isLoggedIn, error }));
  return (
    <>
      <button onClick={login}>Log in</button>
      <button onClick={logout}>Log out</button>
    </>
  );
}

const manifest = new URLSearchParams(location.search).get('manifest');
createRoot(document.getElementById('viewer')).render(
  <CanvasPanel manifest={manifest} height={500}>
    <Access />
  </CanvasPanel>,
);
