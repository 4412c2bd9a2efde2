/** A colour of the theme in use, by its CSS variable; asked for at every draw, so that charts follow. */
export const themeColour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
