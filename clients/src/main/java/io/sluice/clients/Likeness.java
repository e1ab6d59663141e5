package io.sluice.clients;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Compares what went over the wire with what a client returned. Generated clients rename members,
 * leave out what is null, and some keep milliseconds only.
 */
final class Likeness {
  private static final int DATE_LENGTH = "2024-03-01".length();

  /** How the client for Kotlin shows exact numbers. */
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  private Likeness() {}

  /** Where the client's value lacks or changes something of the wire's; nothing else counts. */
  static List<String> losses(JsonNode wire, JsonNode value) {
    List<String> losses = new ArrayList<>();
    compare("", wire, value, losses);
    return losses;
  }

  private static void compare(String at, JsonNode wire, JsonNode value, List<String> losses) {
    if (wire.isNull()) {
      if (!value.isNull() && !value.isMissingNode()) {
        losses.add(at + " is null, not " + value);
      }
    } else if (wire.isObject() && value.isObject()) {
      Map<String, JsonNode> members = new HashMap<>();
      value.properties().forEach(member -> members.put(plain(member.getKey()), member.getValue()));
      for (var member : wire.properties()) {
        JsonNode found = members.getOrDefault(plain(member.getKey()), wire.path(-1));
        compare(at + "/" + member.getKey(), member.getValue(), found, losses);
      }
    } else if (wire.isArray() && value.isArray() && wire.size() == value.size()) {
      for (int i = 0; i < wire.size(); i++) {
        compare(at + "/" + i, wire.get(i), value.get(i), losses);
      }
    } else if (!isSame(wire, value)) {
      losses.add(at + " is " + wire + ", not " + value);
    }
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static boolean isSame(JsonNode wire, JsonNode value) {
    if (wire.isNumber() && value.isNumber()) {
      return wire.decimalValue().compareTo(value.decimalValue()) == 0;
    }
    if (wire.isNumber() && value.isString() && NUMBER.matcher(value.stringValue()).matches()) {
      return wire.decimalValue().compareTo(new BigDecimal(value.stringValue())) == 0;
    }
    if (!wire.isString() || !value.isString()) {
      return wire.equals(value);
    }
    String text = wire.stringValue();
    String other = value.stringValue();
    return text.equals(other)
        || text.length() == DATE_LENGTH && other.startsWith(text + "T00:00")
        || moment(text).isPresent() && moment(text).equals(moment(other));
  }

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
