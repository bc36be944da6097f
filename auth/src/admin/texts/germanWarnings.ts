import type { englishWarnings } from './englishWarnings.ts';

/** Like auth/src/admin/texts/englishWarnings.ts. */
export const germanWarnings: typeof englishWarnings = {
  warning_requests: 'Anfragen um Zugang, die auf eine Antwort warten: {{open}}.',
  warning_fault:
    'access.yml ist so nicht brauchbar: {{fault}}. Die Regeln sind, wie sie davor waren; berichtigen Sie die Datei, dann gilt sie.',
  warning_proxyInRange:
    '{{rule}} öffnet etwas für alle in {{network}}, und darin ist {{proxy}}, ein Proxy: wer über ihn kommt, wird eingelassen. Nehmen Sie ihn aus dem Bereich, und sorgen Sie dafür, dass die Adressen der Besucher hier ankommen (TRUSTED_PROXIES).',
  warning_oneAddress:
    'Alle {{requests}} Anfragen der letzten Zeit kamen von einer Adresse, {{address}}. War das nicht ein einzelner Mensch, so ist es ein Proxy oder das Gateway von Docker, und Regeln über Netze bedeuten nichts: nennen Sie ihn in TRUSTED_PROXIES, und lassen Sie ihn X-Forwarded-For senden.',
  warning_gone: '{{rule}}: „{{path}}“ gibt es nicht. Die Regel bleibt, und gilt für nichts.',
  warning_goneMeant: '{{rule}}: „{{path}}“ gibt es nicht, also gilt die Regel für nichts; war „{{meant}}“ gemeint?',
  warning_goneMoved: '{{rule}}: „{{path}}“ ist weg, und „{{moved}}“ hat seine Bilder. Die Regel gilt nun für nichts.',
  warning_goneMovedInFile:
    '{{rule}}: „{{path}}“ ist weg, und „{{moved}}“ hat seine Bilder. Schreiben Sie {{moved}} in die Datei, denn die Regel gilt nun für nichts.',
  warning_role:
    '{{rule}} nennt die Rolle „{{role}}“, die es nicht gibt, also hat sie niemand. Fügen Sie sie hinzu, oder ändern Sie die Regel.',
  warning_roleMeant:
    '{{rule}} nennt die Rolle „{{role}}“, die es nicht gibt, also hat sie niemand; war „{{meant}}“ gemeint?',
};
