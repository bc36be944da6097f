/** What our own pages say, by the English words that stand in `auth/src/web/views/` and in the steps. */
export const german: Readonly<Record<string, string>> = {
  'Change it': 'Ändern',
  'Change your password': 'Ihr Passwort ändern',
  'E-mail address': 'E-Mail-Adresse',
  'E-mail address or password is not right.': 'E-Mail-Adresse oder Passwort stimmt nicht.',
  'Old password': 'Bisheriges Passwort',
  Password: 'Passwort',
  'Forgot your password?': 'Passwort vergessen?',
  'New password, at least 8 characters': 'Neues Passwort, mindestens 8 Zeichen',
  'At least 8 characters.': 'Mindestens 8 Zeichen.',
  'The same again': 'Dasselbe noch einmal',
  'Type the new password twice.': 'Geben Sie das neue Passwort zweimal ein.',
  'The two passwords are not the same.': 'Die beiden Passwörter sind nicht gleich.',
  'The old password is not right.': 'Das bisherige Passwort stimmt nicht.',
  'Too many attempts. Try again later.': 'Zu viele Versuche. Versuchen Sie es später noch einmal.',
  'Too many attempts. Try again in {number} seconds.':
    'Zu viele Versuche. Versuchen Sie es in {number} Sekunden noch einmal.',
  'Too many attempts. Try again in {number} minutes.':
    'Zu viele Versuche. Versuchen Sie es in {number} Minuten noch einmal.',
  'Start page': 'Startseite',
  'Your password for {institution}': 'Ihr Passwort für {institution}',
  'This link is over': 'Dieser Link gilt nicht mehr',
  'It was used already, its time is over, or a newer one has taken its place.':
    'Er wurde schon benutzt, seine Zeit ist vorbei, oder ein neuerer hat ihn ersetzt.',
  'Get another one by mail': 'Einen anderen in einer Mail bekommen',
  'Ask {institution} for another one.': 'Bitten Sie {institution} um einen anderen.',
  'Set the password': 'Passwort setzen',
  'Set a password': 'Ein Passwort setzen',
  'Your password is changed': 'Ihr Passwort ist geändert',
  '**{email}** stays logged in here, and is logged out everywhere else.':
    '**{email}** bleibt hier angemeldet und ist überall sonst abgemeldet.',
  'Your password is set': 'Ihr Passwort ist gesetzt',
  'You can log in to {institution} now, as **{email}**.':
    'Sie können sich jetzt bei {institution} anmelden, als **{email}**.',
  'This page needs JavaScript, to read the end of the link.':
    'Diese Seite braucht JavaScript, um das Ende des Links zu lesen.',
  'This link is not whole. Open it again from the mail, or copy all of it.':
    'Dieser Link ist nicht vollständig. Öffnen Sie ihn noch einmal aus der Mail, oder kopieren Sie ihn ganz.',
  'With this link you set the password of your account. It can be used once.':
    'Mit diesem Link setzen Sie das Passwort Ihres Kontos. Er gilt einmal.',
  'Log in': 'Anmelden',
  'Log out': 'Abmelden',
  'Log in again': 'Noch einmal anmelden',
  'Log in to {institution}': 'Bei {institution} anmelden',
  'Logged in to {institution}': 'Bei {institution} angemeldet',
  'Logged out of {institution}': 'Bei {institution} abgemeldet',
  'You are logged in': 'Sie sind angemeldet',
  'You are logged out': 'Sie sind abgemeldet',
  '**{email}** is logged in to {institution}.': '**{email}** ist bei {institution} angemeldet.',
  '**{email}** is logged in to {institution}. The viewer on the other site may use this login when you say so.':
    '**{email}** ist bei {institution} angemeldet. Der Betrachter auf der anderen Website darf diese Anmeldung benutzen, wenn Sie es sagen.',
  'You can close this window now and go on in the viewer.':
    'Sie können dieses Fenster nun schließen und im Betrachter weitermachen.',
  'Go on in the viewer': 'Im Betrachter weitermachen',
  'If the window stays open, close it.': 'Bleibt das Fenster offen, schließen Sie es.',
  'Your login to {institution} has ended. You can close this window.':
    'Ihre Anmeldung bei {institution} ist beendet. Sie können dieses Fenster schließen.',
  'Not from here': 'Nicht von hier aus',
  'You can close this window.': 'Sie können dieses Fenster schließen.',
  'The way is open': 'Der Weg ist frei',
  '{institution} shows you the images now. You can close this window and go on in the viewer.':
    '{institution} zeigt Ihnen die Bilder jetzt. Sie können dieses Fenster schließen und im Betrachter weitermachen.',
  'Pictures were opened in this browser by a share link. For these you need no login:':
    'In diesem Browser wurden Bilder mit einem Link geöffnet. Für diese brauchen Sie keine Anmeldung:',
  'Or log in with an account': 'Oder melden Sie sich mit einem Konto an',
  'This server shows images to the people who may see them, by the standards of **IIIF**: the Image API, the Presentation API and the Authentication API.':
    'Dieser Server zeigt Bilder denen, die sie sehen dürfen, nach den Standards von **IIIF**: der Image API, der Presentation API und der Authentication API.',
  'Open in a viewer': 'In einem Betrachter öffnen',
  'Give this address to any IIIF viewer, such as Mirador or the Universal Viewer: it lists everything there is.':
    'Geben Sie diese Adresse einem IIIF-Betrachter wie Mirador oder dem Universal Viewer: sie nennt alles, was es gibt.',
  'Every folder is a manifest, every image an image service:':
    'Jeder Ordner ist ein Manifest, jedes Bild ein Bilddienst:',
  'Your login': 'Ihre Anmeldung',
  'You are logged in as **{email}**.': 'Sie sind angemeldet als **{email}**.',
  'Users, roles and live sessions': 'Konten, Rollen und Anmeldungen',
  'You are not logged in. Viewers ask you to log in when you open an image; you can also do it here.':
    'Sie sind nicht angemeldet. Betrachter bitten Sie darum, wenn Sie ein Bild öffnen; Sie können es auch hier tun.',
  'E-mail address of your account': 'E-Mail-Adresse Ihres Kontos',
  'You get a mail with a link, and set a new password there. It works for an hour, and once.':
    'Sie bekommen eine Mail mit einem Link und setzen dort ein neues Passwort. Er gilt eine Stunde lang und einmal.',
  'Send the link': 'Link schicken',
  'Look into your mail': 'Sehen Sie in Ihre Mails',
  'If there is an account with the address {email}, a mail with a link is on its way to it.':
    'Wenn es ein Konto mit der Adresse {email} gibt, ist eine Mail mit einem Link unterwegs dorthin.',
  'It may take some minutes. Look among the spam as well. If nothing comes, ask who gave you the account.':
    'Das kann einige Minuten dauern. Sehen Sie auch im Spam nach. Kommt nichts, fragen Sie dort, woher Sie das Konto haben.',
  'This is not an e-mail address.': 'Das ist keine E-Mail-Adresse.',
  'Too many attempts. Try again in an hour.': 'Zu viele Versuche. Versuchen Sie es in einer Stunde noch einmal.',
  'Mails cannot be sent at the moment. Try again later.':
    'Mails können gerade nicht geschickt werden. Versuchen Sie es später noch einmal.',
  'Ask for access': 'Um Zugang bitten',
  '{institution} looks at what you write, and answers by mail.':
    '{institution} liest, was Sie schreiben, und antwortet mit einer Mail.',
  'Folder or image': 'Ordner oder Bild',
  'Your name': 'Ihr Name',
  'Your e-mail address': 'Ihre E-Mail-Adresse',
  'What do you need it for?': 'Wofür brauchen Sie es?',
  'Send the request': 'Anfrage schicken',
  'Your request is sent': 'Ihre Anfrage ist unterwegs',
  '{institution} answers to {email}. That may take some days.':
    '{institution} antwortet an {email}. Das kann einige Tage dauern.',
  'Write your name, on one line.': 'Schreiben Sie Ihren Namen, in einer Zeile.',
  'Say what you need it for, in 2,000 characters at most.':
    'Schreiben Sie, wofür Sie es brauchen, mit höchstens 2.000 Zeichen.',
  'There are too many requests at the moment. Try again later.':
    'Zurzeit gibt es zu viele Anfragen. Versuchen Sie es später noch einmal.',
  'Pictures of {institution}': 'Bilder von {institution}',
  'Pictures for you': 'Bilder für Sie',
  '{institution} shows you pictures by this link, without a login. It is for a number of people: opening it counts you as one of them, once in this browser. You can open it again later.':
    '{institution} zeigt Ihnen mit diesem Link Bilder, ohne Anmeldung. Er ist für eine Anzahl von Menschen: wer ihn öffnet, wird gezählt, einmal in diesem Browser. Sie können ihn später wieder öffnen.',
  'Open the pictures': 'Die Bilder öffnen',
  'The pictures are open': 'Die Bilder sind offen',
  'all pictures of {institution}': 'alle Bilder von {institution}',
  'In this browser you see **{place}**, until {until}.': 'In diesem Browser sehen Sie **{place}**, bis {until}.',
  'In this browser you see **{place}** in a size of {pixels} pixels, until {until}.':
    'In diesem Browser sehen Sie **{place}** in einer Größe von {pixels} Pixeln, bis {until}.',
  'Give one of these addresses to any IIIF viewer in this browser, such as Mirador or the Universal Viewer. The first is for newer ones.':
    'Geben Sie eine dieser Adressen einem IIIF-Betrachter in diesem Browser, wie Mirador oder dem Universal Viewer. Die erste ist für neuere.',
  'Where a viewer asks you to log in, open the login and choose **Go on in the viewer**.':
    'Wo ein Betrachter eine Anmeldung verlangt, öffnen Sie diese und wählen **Im Betrachter weitermachen**.',
  'If the pictures are closed again before that day, open your link once more in this browser: it does not count you twice. On a computer that others use, close them when you are done:':
    'Sind die Bilder vor diesem Tag wieder geschlossen, öffnen Sie Ihren Link in diesem Browser noch einmal: Sie werden nicht zweimal gezählt. An einem Rechner, den andere benutzen, schließen Sie sie, wenn Sie fertig sind:',
  'Close the pictures': 'Die Bilder schließen',
  'This link is used up': 'Dieser Link ist aufgebraucht',
  'There is nothing here now': 'Hier ist jetzt nichts',
  'As many people as it is for have opened it. If you are one of them, open it in the browser in which you did.':
    'So viele Menschen, wie er zulässt, haben ihn geöffnet. Sind Sie einer davon, öffnen Sie ihn in dem Browser, in dem Sie es getan haben.',
  'What this link shows is not there at the moment. You have not been counted.':
    'Was dieser Link zeigt, ist zurzeit nicht da. Sie sind nicht gezählt worden.',
  'It is past its end or was taken back, or it is not whole.':
    'Seine Zeit ist vorbei, er wurde zurückgenommen, oder er ist nicht vollständig.',
  'Ask who sent it, or {institution}, for another one.':
    'Bitten Sie, wer ihn geschickt hat, oder {institution} um einen anderen.',
};
