package io.sluice.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What came of all conversations: a table, operation by client, and everything amiss. */
final class Table {
  private static final int NAME_WIDTH = 52;
  private static final int CELL_WIDTH = 22;

  private final List<Conversation> conversations;
  private final Map<Provider, Set<String>> served;
  private final List<Allowance> allowances;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param served the operations of each provider's document that the gateway serves, by their
   *     names
   */
  Table(
      List<Conversation> conversations,
      Map<Provider, Set<String>> served,
      List<Allowance> allowances) {
    this.conversations = conversations;
    this.served = served;
    this.allowances = allowances;
    for (Conversation conversation : conversations) {
      findings.addAll(conversation.findings());
      findings.addAll(conversation.missed(served.get(conversation.provider())));
    }
  }

  /** Whether nothing is amiss but what is explained, and all explanations are needed. */
  boolean isClean() {
    return unexplained().isEmpty() && needless().isEmpty();
  }

  /** All of it as text. */
  String text() {
    var text = new StringBuilder();
    served.keySet().stream().sorted().forEach(provider -> table(provider, text));
    text.append(
        "\n"
            + "The statuses that came, each once. * is explained below, ! is not. - says that it"
            + " never succeeded.\n");
    section("Explained", explained(), text);
    section("Explanations that nothing needs any more", needless(), text);
    section("Not as the documents have it", unexplained(), text);
    return text.toString();
  }

  private void table(Provider provider, StringBuilder text) {
    List<Conversation> columns =
        conversations.stream().filter(c -> c.provider() == provider).toList();
    text.append("\n").append(cell(provider.word(), NAME_WIDTH));
    columns.forEach(column -> text.append(cell(column.client(), CELL_WIDTH)));
    text.append('\n');
    for (String operation : served.get(provider)) {
      text.append(cell(operation, NAME_WIDTH));
      columns.forEach(column -> text.append(cell(statuses(column, operation), CELL_WIDTH)));
      text.append('\n');
    }
  }

  private static String cell(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private String statuses(Conversation conversation, String operation) {
    Set<String> cells = new TreeSet<>();
    for (int status : conversation.statuses().getOrDefault(operation, Map.of()).keySet()) {
      cells.add(status + mark(conversation, operation, status));
    }
    if (!conversation.succeeded().containsKey(operation)) {
      cells.add("-" + mark(conversation, operation, 0));
    }
    return String.join(" ", cells);
  }

  private String mark(Conversation conversation, String operation, int status) {
    List<Finding> here =
        findings.stream()
            .filter(f -> f.client().equals(conversation.client()))
            .filter(f -> f.provider() == conversation.provider())
            .filter(f -> f.operation().equals(operation) && f.status() == status)
            .toList();
    if (here.isEmpty()) {
      return "";
    }
    return here.stream().allMatch(this::isExplained) ? "*" : "!";
  }

  private boolean isExplained(Finding finding) {
    return allowances.stream().anyMatch(allowance -> allowance.explains(finding));
  }

  private List<String> unexplained() {
    return findings.stream().filter(f -> !isExplained(f)).map(Finding::toString).toList();
  }

  private List<String> explained() {
    return allowances.stream()
        .map(allowance -> allowance.title() + operations(allowance) + ": " + allowance.reason())
        .toList();
  }

  private String operations(Allowance allowance) {
    Set<String> operations =
        findings.stream()
            .filter(allowance::explains)
            .map(finding -> finding.operation() + " " + finding.status())
            .collect(Collectors.toCollection(TreeSet::new));
    return " (" + operations.size() + ")";
  }

  private List<String> needless() {
    Set<String> present =
        conversations.stream().map(Conversation::client).collect(Collectors.toSet());
    return allowances.stream()
        .filter(allowance -> allowance.concerns(present))
        .filter(allowance -> findings.stream().noneMatch(allowance::explains))
        .map(allowance -> allowance.title() + ": " + allowance.reason())
        .toList();
  }

  private static void section(String title, List<String> lines, StringBuilder text) {
    if (!lines.isEmpty()) {
      text.append("\n").append(title).append(" (").append(lines.size()).append("):\n");
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }
}
