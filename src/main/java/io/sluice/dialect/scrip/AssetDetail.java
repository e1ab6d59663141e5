package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is stored with an asset.
 *
 * @param ceiling what no single credit or debit may exceed
 */
record AssetDetail(String name, Policy policy, Optional<BigDecimal> ceiling) {
  static final String CEILING = "max_transaction_amount";

  /** Where new value comes from. */
  enum Policy {
    UNLIMITED,
    PREFUNDED
  }

  static AssetDetail parse(String text) {
    JsonNode json = Json.parse(text);
    return new AssetDetail(
        json.get("name").textValue(),
        Policy.valueOf(json.get("issuance_policy").textValue()),
        Optional.ofNullable(json.get(CEILING)).map(node -> new BigDecimal(node.textValue())));
  }

  String text() {
    var json = JsonWriter.object().text("name", name).text("issuance_policy", policy.name());
    ceiling.ifPresent(value -> json.text(CEILING, value.toPlainString()));
    return json.toText();
  }
}
