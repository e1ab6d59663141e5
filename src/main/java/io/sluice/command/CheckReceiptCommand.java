package io.sluice.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonException;
import io.sluice.seal.Hash;
import io.sluice.seal.Proof;
import io.sluice.seal.Receipt;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks a receipt, or a proof that books have only grown, without any database. */
final class CheckReceiptCommand {
  /** Many times what the longest entry takes. */
  private static final int MAX_BYTES = 16 * 1_048_576;

  static final Command COMMAND =
      new Command(
          "check-receipt",
          "Checks, without any database, a receipt or a proof of growth that is given on standard"
              + " input, as the management port answers them.",
          false,
          false,
          (options, console) -> run(System.in, console));

  private CheckReceiptCommand() {}

  static int run(InputStream input, Console console) {
    try {
      JsonNode json = Json.parse(Buffer.buffer(input.readNBytes(MAX_BYTES)));
      return json.has("entry") ? receipt(json, console) : growth(json, console);
    } catch (JsonException | IllegalArgumentException e) {
      console.err().println("sluice: this is neither a receipt nor a proof of growth");
      return ExitCode.FAILED;
    } catch (IOException e) {
      console.err().println("sluice: cannot read: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private static int receipt(JsonNode json, Console console) {
    var receipt =
        new Receipt(
            json.path("entry").asText(),
            json.path("position").asLong(-1),
            hash(json, "previous_hash"),
            hash(json, "entry_hash"),
            path(json),
            json.path("size").asLong(),
            hash(json, "root_hash"));
    Optional<String> problem = receipt.problem();
    if (problem.isPresent()) {
      console.out().println("The receipt does NOT hold: " + problem.get() + ".");
      return ExitCode.NOT_WHOLE;
    }
    console.out().print(receipt.entry());
    console
        .out()
        .printf(
            "The receipt holds: this is entry %d of the head with size %d and root hash %s."
                + " Compare that with a head that you have kept or had from somebody else.%n",
            receipt.position(), receipt.size(), receipt.root());
    return ExitCode.DONE;
  }

  private static int growth(JsonNode json, Console console) {
    Hash from = hash(json, "from_root_hash");
    Hash to = hash(json, "root_hash");
    long smaller = json.path("from_size").asLong();
    long size = json.path("size").asLong();
    boolean holds = Proof.grew(smaller, from, size, to, path(json));
    console
        .out()
        .printf(
            "The books of size %d and root hash %s have%s grown out of those of size %d and root"
                + " hash %s.%n",
            size, to, holds ? "" : " NOT provably", smaller, from);
    return holds ? ExitCode.DONE : ExitCode.NOT_WHOLE;
  }

  private static Hash hash(JsonNode json, String name) {
    return Hash.ofHex(json.path(name).asText());
  }

  private static List<Hash> path(JsonNode json) {
    var path = new ArrayList<Hash>();
    json.path("path").forEach(hash -> path.add(Hash.ofHex(hash.asText())));
    return path;
  }
}
