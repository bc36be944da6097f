/** What is told of mails and of requests for access, by language; the other words of the panel are in the files beside. */
export const requestActions = {
  en: {
    'user.forgot': 'Asked for a new password',
    'mail.failed': 'A mail was not sent',
    'request.add': 'Asked for access',
    'request.grant': 'Access granted',
    'request.refuse': 'Access refused',
  },
  de: {
    'user.forgot': 'Neues Passwort erbeten',
    'mail.failed': 'Mail nicht geschickt',
    'request.add': 'Um Zugang gebeten',
    'request.grant': 'Zugang gegeben',
    'request.refuse': 'Zugang abgelehnt',
  },
} as const;

export const requestTexts = {
  en: {
    labels: { filters: 'Search requests', open: 'open', granted: 'granted', refused: 'refused' },
    actions: { list: 'Requests for access', edit: 'Answer' },
    properties: {
      name: 'Name',
      state: 'State',
      place: 'Folder or image',
      email: 'E-mail',
      reason: 'What for',
      createdAt: 'Asked',
      until: 'Grant until',
      word: 'A word to who asked',
    },
    messages: {
      about: 'Who asks to see what they may not see. Grant it until a date, or refuse it. Each is kept for 90 days.',
      emailHint: 'Nobody has checked that it is theirs: send the link there and nowhere else.',
      untilHint: 'A date, such as 2027-07-01, makes a share link for one person. Left empty, the request is refused.',
      wordHint: 'Needed for a refusal.',
      grantedMailed: 'Granted. A mail is on its way to {{email}}, with this link: {{link}}',
      grantedNotMailed: 'Granted, but no mail was sent. Send this link to {{email}}: {{link}} Of {{reason}}',
      grantedByHand: 'Granted. Send this link to {{email}}: {{link}}',
      refusedMailed: 'Refused. A mail is on its way to {{email}}.',
      refusedNotMailed: 'Refused, but no mail was sent: write to {{email}}. Of {{reason}}',
      refusedByHand: 'Refused. Write to {{email}}: no mails are sent from here.',
    },
  },
  de: {
    labels: { filters: 'Anfragen suchen', open: 'offen', granted: 'gegeben', refused: 'abgelehnt' },
    actions: { list: 'Anfragen um Zugang', edit: 'Antworten' },
    properties: {
      name: 'Name',
      state: 'Stand',
      place: 'Ordner oder Bild',
      email: 'E-Mail',
      reason: 'Wofür',
      createdAt: 'Gefragt',
      until: 'Zugang bis',
      word: 'Ein Wort an den Fragenden',
    },
    messages: {
      about:
        'Wer etwas sehen möchte, das er nicht sehen darf. Geben Sie Zugang bis zu einem Tag, oder lehnen Sie ab. Anfragen bleiben 90 Tage.',
      emailHint: 'Niemand hat geprüft, ob sie stimmt: schicken Sie den Link nur dorthin.',
      untilHint: 'Ein Tag wie 2027-07-01 macht einen Link für einen Menschen. Bleibt es leer, wird abgelehnt.',
      wordHint: 'Nötig, um abzulehnen.',
      grantedMailed: 'Gegeben. Eine Mail ist unterwegs an {{email}}, mit diesem Link: {{link}}',
      grantedNotMailed: 'Gegeben, aber ohne Mail. Schicken Sie diesen Link an {{email}}: {{link}} Grund, {{reason}}',
      grantedByHand: 'Gegeben. Schicken Sie diesen Link an {{email}}: {{link}}',
      refusedMailed: 'Abgelehnt. Eine Mail ist unterwegs an {{email}}.',
      refusedNotMailed: 'Abgelehnt, aber ohne Mail: schreiben Sie an {{email}}. Grund, {{reason}}',
      refusedByHand: 'Abgelehnt. Schreiben Sie an {{email}}: von hier gehen keine Mails.',
    },
  },
};
