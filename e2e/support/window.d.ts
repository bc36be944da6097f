import type { AuthClient, Message } from './pages/authClient.mjs';

declare global {
  // What the tests and their pages leave on the window of a page, to ask for it later.
  interface Window {
    /** What has been posted to it: visitor.mjs. */
    keptMessages: { data: Record<string, unknown>; origin: string }[];
    /** The tab that it has opened last, and what opens one: engines/browser.mjs. */
    lastTab?: Window | null;
    openTab?: typeof window.open;

    /** axe-core, as far as accessibility.mjs asks it. */
    axe: {
      run: (page: Document) => Promise<{
        violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[];
      }>;
    };

    /** Of pages/openseadragon.html. */
    client: AuthClient;
    loginTab: Window;
    logoutTab: Window;
    show: (tileSource: unknown) => void;
    /** The answer of the token service, kept by token-frame.test.mjs. */
    token?: { data: Message; origin: string };
    happened: { event: string; message: string }[];

    /** Of pages/iiif-vault.html. */
    access?: { type: string; isLoggedIn: boolean; error: unknown }[];
  }
}
