package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a participant or a group is marked with.
 *
 * @param all in lower case, each once, in the order in which they came
 */
record Tags(List<String> all) {
  static final String MEMBER = "tags";
  static final Tags NONE = new Tags(List.of());

  /** The most that anybody has. */
  static final int MAX = 100;

  Tags {
    all = all.stream().map(Tags::normal).distinct().toList();
  }

  /** A tag as it is kept. */
  static String normal(String tag) {
    return tag.toLowerCase(Locale.ROOT);
  }

  static Optional<Tags> read(Members body) {
    return body.optionalAll(MEMBER, 0, MAX, Reader.NAME).map(Tags::new);
  }

  static Tags readRequired(Members body) {
    return new Tags(body.all(MEMBER, 0, MAX, Reader.NAME));
  }

  /** What was stored; empty where none were ever given. */
  static Optional<Tags> parse(JsonNode json) {
    return Optional.ofNullable(json.get(MEMBER)).map(Tags::texts);
  }

  private static Tags texts(JsonNode list) {
    List<String> texts = new ArrayList<>(list.size());
    list.forEach(text -> texts.add(text.textValue()));
    return new Tags(texts);
  }

  boolean has(String tag) {
    return all.contains(tag);
  }

  /** One more; the same where it is there already. */
  Tags with(String tag) {
    return new Tags(Stream.concat(all.stream(), Stream.of(tag)).toList());
  }

  /** One less; the same where it is not there. */
  Tags without(String tag) {
    return new Tags(all.stream().filter(each -> !each.equals(tag)).toList());
  }

  boolean isTooMany() {
    return all.size() > MAX;
  }

  JsonWriter write(JsonWriter json) {
    return json.texts(MEMBER, all);
  }
}
