package io.sluice.dialect;

/** What can be wrong with a value, whatever is wanted in its place. */
public enum Flaw {
  /** It is not there. */
  MISSING,
  /** It is there more than once, where one counts. */
  REPEATED,
  /** It is of another type, or a text that is not of the wanted form. */
  KIND,
  /** It has too few or too many characters, elements or bytes. */
  SIZE,
  /** It is a number below or above what is allowed. */
  RANGE,
  /** It is a number with a fraction where a whole one is wanted. */
  FRACTION,
  /** It holds a number of more digits than can be kept. */
  DIGITS
}
