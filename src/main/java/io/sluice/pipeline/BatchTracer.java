package io.sluice.pipeline;

import io.sluice.ledger.TransferCommand;
import java.util.List;

/** Follows transactions. Called on the pipeline's event loop; must not block. */
public interface BatchTracer {
  /** Follows none. */
  BatchTracer NONE =
      new BatchTracer() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public Transaction begins(List<TransferCommand> commands) {
          return Transaction.UNSEEN;
        }
      };

  /** Whether it wants to know of transactions at all. */
  boolean isOn();

  /** A transaction begins, which carries these commands. */
  Transaction begins(List<TransferCommand> commands);

  /** One transaction, told what happens to it. */
  interface Transaction {
    /** One that nobody follows. */
    Transaction UNSEEN =
        new Transaction() {
          @Override
          public void locked() {}

          @Override
          public void decided() {}

          @Override
          public void ended(boolean committed) {}
        };

    /** The first flush was answered: accounts are locked, what decides is read. */
    void locked();

    /** The second flush was sent. */
    void decided();

    /** It is over. */
    void ended(boolean committed);
  }
}
