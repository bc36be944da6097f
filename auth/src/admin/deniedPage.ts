import { escapeHtml } from './html.ts';
import type { PanelServices } from './services.ts';

/** For somebody who is logged in and no administrator. */
export function deniedPage({ institution, logoutPath }: PanelServices, email: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(institution)}: for administrators</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem }</style>
</head>
<body>
<h1>For administrators</h1>
<p>You are logged in as <strong>${escapeHtml(email)}</strong>, who is not an administrator of this server.</p>
<p><a href="${logoutPath}">Log out</a> to log in as somebody else.</p>
</body>
</html>
`;
}
