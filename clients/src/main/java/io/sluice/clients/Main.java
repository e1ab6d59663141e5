package io.sluice.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Calls every served operation of a gateway with clients that nobody wrote for it. */
public final class Main {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path TARGET = Path.of("target");
  private static final Map<Provider, Story> STORIES =
      Map.of(Provider.ISOMETRIC, new IsometricStory(), Provider.ORUM, new OrumStory());

  private final Map<Provider, Document> documents = new EnumMap<>(Provider.class);
  private final List<Client> clients;

  private Main(String[] args) throws IOException {
    documents.put(Provider.ISOMETRIC, Document.read(Provider.ISOMETRIC, Path.of(args[0])));
    documents.put(Provider.ORUM, Document.read(Provider.ORUM, Path.of(args[1])));
    clients = Client.all(Path.of(args[2]), args[3]);
  }

  /**
   * Runs all and ends with 1 if anything is amiss.
   *
   * @param args Isometric's document, Orum's, the directory of the generated clients, the version
   *     of the TypeScript compiler
   */
  public static void main(String[] args) throws IOException {
    if (!new Main(args).run()) {
      System.exit(1);
    }
  }

  private boolean run() throws IOException {
    try (var gateway = new Gateway(ROOT)) {
      List<Conversation> conversations = new ArrayList<>();
      for (Provider provider : Provider.values()) {
        for (Client client : clients) {
          conversations.add(converse(client, provider, gateway));
        }
      }
      var table = new Table(conversations, served(gateway), Allowance.all());
      System.out.println(table.text());
      Files.writeString(TARGET.resolve("clients.txt"), table.text());
      return gateway.stopAndVerify() & table.isClean();
    }
  }

  private Conversation converse(Client client, Provider provider, Gateway gateway)
      throws IOException {
    String name = client.name() + "-" + provider.word();
    System.out.println(name);
    try (var recorder = new Recorder(gateway.url());
        var driver =
            new Driver(
                client.command().apply(provider, recorder.url() + provider.base()),
                TARGET.resolve(name + ".log"))) {
      Document document = documents.get(provider);
      var conversation = new Conversation(client.name(), provider, document, driver, recorder);
      STORIES.get(provider).tell(conversation, Management.ofNewTenant(gateway, name));
      return conversation;
    }
  }

  /** What is both in a provider's document and served. */
  private Map<Provider, Set<String>> served(Gateway gateway) {
    Map<Provider, Set<String>> served = new EnumMap<>(Provider.class);
    documents.forEach(
        (provider, document) -> {
          Set<String> shapes =
              Document.served(provider, gateway.document(provider.word())).operations().stream()
                  .map(Operation::shape)
                  .collect(Collectors.toSet());
          served.put(
              provider,
              document.operations().stream()
                  .filter(operation -> shapes.contains(operation.shape(provider.base())))
                  .map(Operation::name)
                  .collect(Collectors.toCollection(TreeSet::new)));
        });
    return served;
  }
}
