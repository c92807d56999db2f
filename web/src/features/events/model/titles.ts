const longTitleCharacters = 60;
const longWordCharacters = 16;

/** Whether a title, or one word of it, is too long for the size of a headline. */
export function isLongTitle(title: string): boolean {
  return title.length > longTitleCharacters || title.split(/\s+/).some((word) => word.length > longWordCharacters);
}
