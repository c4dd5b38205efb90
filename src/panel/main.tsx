/** Where the browser begins: the panel, drawn into the page that the server sent. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './shell/shell.css';
import { createRoot } from 'react-dom/client';
import { Panel } from './panel';

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// The library that holds the page still under a dialog makes a style of its own, and looks for its nonce here.
Object.assign(globalThis, { __webpack_nonce__: nonce });

const place = document.getElementById('panel');
if (place === null) throw new Error('the page has no place for the panel');
createRoot(place).render(<Panel nonce={nonce} />);
