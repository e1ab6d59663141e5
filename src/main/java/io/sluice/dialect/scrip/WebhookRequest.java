package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import io.sluice.store.events.Endpoint;
import io.sluice.store.events.EndpointStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a request says of an endpoint.
 *
 * @param types at least one, each once
 */
record WebhookRequest(
    Optional<String> url,
    Optional<List<String>> types,
    Optional<EndpointStatus> status,
    WebhookDetail detail) {
  static final String URL = "url";
  static final String TYPES = "enabled_events";

  private static final int MAX_URL_CHARS = 2_048;
  private static final Wanted<String> ADDRESS = new Wanted.Characters(1, MAX_URL_CHARS);

  private static final Wanted<String> TYPE =
      new Wanted.OneOf(
          Stream.concat(Stream.of(Endpoint.ALL_TYPES), EventType.WORDS.stream()).toList());

  private static final int MAX_TYPES = 100;
  private static final Wanted<JsonNode> ANYTHING = new Anything();

  private static final Wanted<String> DESCRIPTION =
      new Wanted.Characters(0, Names.MAX_DESCRIPTION_CHARS);

  static final Wanted<EndpointStatus> STATUS =
      new Reader.Choice<>(List.of(EndpointStatus.ACTIVE, EndpointStatus.DISABLED));

  static WebhookRequest readNew(Reader reader) {
    Members body = reader.body();
    return new WebhookRequest(
        Optional.of(body.required(URL, ADDRESS)),
        Optional.of(distinct(body.all(TYPES, 1, MAX_TYPES, TYPE))),
        Optional.empty(),
        detail(body));
  }

  static WebhookRequest readChange(Reader reader) {
    Members body = reader.body();
    return new WebhookRequest(
        body.optional(URL, ADDRESS),
        body.optionalAll(TYPES, 1, MAX_TYPES, TYPE).map(WebhookRequest::distinct),
        body.optional("status", STATUS),
        detail(body));
  }

  private static WebhookDetail detail(Members body) {
    return new WebhookDetail(
        body.optional(WebhookDetail.DESCRIPTION, DESCRIPTION),
        body.optional(WebhookDetail.METADATA, ANYTHING));
  }

  private static List<String> distinct(List<String> types) {
    return types.stream().distinct().toList();
  }

  /** The endpoint as it is to be. */
  Endpoint of(Endpoint old) {
    return new Endpoint(
        old.tenant(),
        old.id(),
        old.dialect(),
        status.orElse(old.status()),
        url.orElse(old.url()),
        types.orElse(old.types()),
        old.secret(),
        WebhookDetail.parse(old.detail()).changedBy(detail).text(),
        old.createdAt(),
        old.updatedAt());
  }

  /** Any JSON, as long as it can be stored and read again. */
  private record Anything() implements Reader.Kind<JsonNode> {
    private static final Wanted<JsonNode> INSIDE =
        new Wanted.Storable(Reader.MAX_OBJECT_BYTES + "{\"metadata\":}".length());

    @Override
    public Optional<JsonNode> read(JsonNode node) {
      var around = JsonNodeFactory.instance.objectNode();
      return INSIDE.read(around.set(WebhookDetail.METADATA, node)).map(stored -> node);
    }

    @Override
    public String expected() {
      return "JSON of at most " + Reader.MAX_OBJECT_BYTES + " bytes";
    }

    @Override
    public JsonNode standIn() {
      return NullNode.getInstance();
    }
  }
}
