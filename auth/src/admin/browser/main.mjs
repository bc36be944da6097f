// AdminJS draws what is registered here in place of its own. It keeps what is behind: state, texts, requests.
import { App } from './app.mjs';
import './endedSession.mjs';

window.AdminJS.UserComponents['Application'] = App;
