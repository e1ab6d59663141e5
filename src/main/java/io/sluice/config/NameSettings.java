package io.sluice.config;

/**
 * How many names are remembered.
 *
 * @param memoryMib the memory for names of ledgers, subledgers and participants, in MiB
 */
public record NameSettings(int memoryMib) {
  private static final long BYTES_A_MIB = 1_048_576;

  public static final Section<NameSettings> SECTION = new Section<>(NameSettings::read);

  /** The memory for names, in bytes. */
  public long memoryBytes() {
    return memoryMib * BYTES_A_MIB;
  }

  private static NameSettings read(Keys keys) {
    return new NameSettings(
        keys.about(
                "How much of the heap may be used to remember what ledgers, subledgers and"
                    + " participants are called, in MiB; 30,000 fit in one. Whoever is not"
                    + " remembered is looked up in the database. 0 remembers none but those that"
                    + " were named lately.")
            .integer("names.memoryMib", 16, 0, 65_536));
  }
}
