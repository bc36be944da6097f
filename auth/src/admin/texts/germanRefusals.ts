/** What is refused, by the English words; what names something (a role, a date) is said in English. */
export const refusals = {
  'A role keeps its name. Add a new one and remove this one.':
    'Eine Rolle behält ihren Namen. Fügen Sie eine neue hinzu und entfernen Sie diese.',
  'A role’s name is letters, digits, spaces, dots and hyphens.':
    'Der Name einer Rolle besteht aus Buchstaben, Ziffern, Leerzeichen, Punkten und Bindestrichen.',
  'At least 8 characters.': 'Mindestens 8 Zeichen.',
  'There is a user with this e-mail address already.': 'Es gibt schon ein Konto mit dieser E-Mail-Adresse.',
  'A network keeps its name. Add a new one and remove this one.':
    'Ein Netz behält seinen Namen. Fügen Sie ein neues hinzu und entfernen Sie dieses.',
  'Give it a name.': 'Geben Sie ihm einen Namen.',
  'There is a network of this name already.': 'Es gibt schon ein Netz mit diesem Namen.',
  'There is no such network any more.': 'Dieses Netz gibt es nicht mehr.',
  'Write at least one IP address or network.': 'Schreiben Sie mindestens eine IP-Adresse oder ein Netz.',
  'There is no user with this e-mail address.': 'Es gibt kein Konto mit dieser E-Mail-Adresse.',
  'This is not a date: write 2027-07-01, or 2027-07-01 18:00.':
    'Das ist kein Datum: Schreiben Sie 2027-07-01 oder 2027-07-01 18:00.',
  'This is not an IP address.': 'Das ist keine IP-Adresse.',
  'There is no such role any more.': 'Diese Rolle gibt es nicht mehr.',
  'There is no such user any more.': 'Dieses Konto gibt es nicht mehr.',
  'This cannot be read.': 'Das ist nicht lesbar.',
};
