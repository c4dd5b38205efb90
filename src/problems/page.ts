/**
 * The frame of the few pages that the API serves itself: plain, readable without scripts, dark where the reader's system is. It
 * loads nothing, so its security policy can forbid everything but its own style.
 */
import { createHash } from 'node:crypto';

const style = `
:root{color-scheme:light dark;--text:#1a1d21;--soft:#555b63;--ground:#fff;--link:#0b57d0;--line:#d5d9de}
@media (prefers-color-scheme:dark){:root{--text:#e8eaed;--soft:#a9b0b8;--ground:#16181b;--link:#8ab4f8;--line:#3a3f45}}
body{margin:0;background:var(--ground);color:var(--text);font:1.0625rem/1.6 system-ui,sans-serif}
main{max-width:44rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.1rem;margin:2rem 0 .25rem}
a{color:var(--link)}
code{font:.95em ui-monospace,monospace}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;border-top:1px solid var(--line);padding-top:1rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
td,th{text-align:left;vertical-align:top;padding:.35rem 1rem .35rem 0;border-bottom:1px solid var(--line)}
ul{margin:0;padding-left:1.25rem}
li{margin:.25rem 0;overflow-wrap:anywhere}
small{color:var(--soft)}
summary{cursor:pointer}
td{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** The headers that a page is sent with. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none';style-src 'sha256-${styleHash}';base-uri 'none';form-action 'none';frame-ancestors 'none'`,
};

/** Text made safe to stand in HTML, in attributes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * A whole page.
 *
 * @param title plain text, also the heading
 * @param content HTML, already safe
 */
export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Seatkeeper</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}
