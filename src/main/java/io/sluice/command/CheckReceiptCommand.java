package io.sluice.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonException;
import io.sluice.dialect.JsonWriter;
import io.sluice.seal.Hash;
import io.sluice.seal.Proof;
import io.sluice.seal.Receipt;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a receipt, or a proof that books have only grown, without any database. */
@Command(
    name = "check-receipt",
    description =
        "Checks, without any database, a receipt or a proof of growth that is given on standard"
            + " input, as the management port answers them.")
final class CheckReceiptCommand implements Callable<Integer> {
  /** Many times what the longest entry takes. */
  private static final int MAX_BYTES = 16 * 1_048_576;

  @Mixin private Output output;

  @Override
  public Integer call() {
    try {
      JsonNode json = Json.parse(Buffer.buffer(System.in.readNBytes(MAX_BYTES)));
      return json.has("entry") ? receipt(json) : growth(json);
    } catch (JsonException | IllegalArgumentException e) {
      output.err().println("sluice: this is neither a receipt nor a proof of growth");
      return ExitCode.FAILED;
    } catch (IOException e) {
      output.err().println("sluice: cannot read: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private int receipt(JsonNode json) {
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
    output.say(
        problem.map("The receipt does NOT hold: %s."::formatted).orElseGet(() -> text(receipt)),
        JsonWriter.object()
            .bool("holds", problem.isEmpty())
            .text("problem", problem.orElse(null))
            .number("position", receipt.position())
            .number("size", receipt.size())
            .text("root_hash", receipt.root().toString()));
    return problem.isEmpty() ? ExitCode.DONE : ExitCode.NOT_WHOLE;
  }

  private static String text(Receipt receipt) {
    return "%sThe receipt holds: this is entry %d of the head with size %d and root hash %s."
            .formatted(receipt.entry(), receipt.position(), receipt.size(), receipt.root())
        + " Compare that with a head that you have kept or had from somebody else.";
  }

  private int growth(JsonNode json) {
    Hash from = hash(json, "from_root_hash");
    Hash to = hash(json, "root_hash");
    long smaller = json.path("from_size").asLong();
    long size = json.path("size").asLong();
    boolean holds = Proof.grew(smaller, from, size, to, path(json));
    output.say(
        "The books of size %d and root hash %s have%s grown out of those of size %d and root hash %s."
            .formatted(size, to, holds ? "" : " NOT provably", smaller, from),
        JsonWriter.object()
            .bool("holds", holds)
            .number("from_size", smaller)
            .text("from_root_hash", from.toString())
            .number("size", size)
            .text("root_hash", to.toString()));
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
