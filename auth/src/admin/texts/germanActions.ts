import type { AuditAction } from '../../observability/audit.ts';
import { requestActions } from './requests.ts';

/** What the audit trail calls an action, in words. */
export const germanActions: Readonly<Record<AuditAction, string>> = {
  login: 'Angemeldet',
  'login.failed': 'Anmeldung misslungen',
  'login.throttled': 'Anmeldung abgelehnt: zu viele Versuche',
  logout: 'Abgemeldet',
  'session.end': 'Anmeldung beendet',
  'user.add': 'Konto hinzugefügt',
  'user.change': 'Konto geändert',
  'user.password': 'Passwort geändert',
  'user.remove': 'Konto entfernt',
  'user.invite': 'Eingeladen',
  'role.add': 'Rolle hinzugefügt',
  'role.change': 'Rolle geändert',
  'role.remove': 'Rolle entfernt',
  'rule.change': 'Regel geändert',
  'network.change': 'Netz geändert',
  'network.remove': 'Netz entfernt',
  'rule.remove': 'Regel entfernt',
  'key.add': 'Schlüssel gemacht',
  'key.revoke': 'Schlüssel widerrufen',
  'share.add': 'Geteilter Link gemacht',
  'share.use': 'Geteilter Link geöffnet',
  'share.revoke': 'Geteilter Link widerrufen',
  ...requestActions.de,
  refused: 'Nicht ausgeführt: es ist nicht erlaubt',
};
