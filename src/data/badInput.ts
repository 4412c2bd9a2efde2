/** What somebody gave cannot be used: its message says what is wrong and what to do. */
export class BadInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadInputError';
  }
}
