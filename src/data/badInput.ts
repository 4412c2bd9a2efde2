/** What somebody gave cannot be used: its message says what is wrong and what to do. */
export class BadInputError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BadInputError';
  }
}
