/** A change that the rules of `identity/` refuse; `field` names what to change, `message` says it to a person. */
export class Refused extends Error {
  override readonly name: string = 'Refused';
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

export class Conflict extends Refused {
  override readonly name = 'Conflict';
}

export class LastAdministrator extends Refused {
  override readonly name = 'LastAdministrator';

  constructor() {
    super('roles', 'This is the last active administrator. Make another user an administrator first.');
  }
}
