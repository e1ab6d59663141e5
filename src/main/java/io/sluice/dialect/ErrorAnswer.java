package io.sluice.dialect;

import io.sluice.ledger.Refusal;

/**
 * A dialect's own error, ready to send; attached to a check, it comes back as the reason of a
 * refusal.
 */
public record ErrorAnswer(Answer answer) implements Refusal {}
