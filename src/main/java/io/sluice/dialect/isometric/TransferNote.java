package io.sluice.dialect.isometric;

import java.util.Optional;

/**
 * What an answer to a transfer says besides the receipt.
 *
 * @param notes the client's, public
 */
record TransferNote(Organisation from, Organisation to, Optional<String> notes) {}
