/** Options that are counts: `--jobs 2`. */

/**
 * @param name - of the option
 * @param text - as it was given
 * @throws Error for what is no whole number above zero
 */
export function counted(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new Error(`--${name} ${text}: expected a whole number above zero, such as --${name} 2`);
  return Number(text);
}
