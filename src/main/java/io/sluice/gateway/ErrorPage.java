package io.sluice.gateway;

import io.sluice.dialect.Dialect;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The page that says of every error what to do. A row of a dialect's file is a code, or where there
 * is none the status; the statuses that it comes with; and the advice.
 */
final class ErrorPage {
  private static final String COLUMNS = " \\| ";

  private ErrorPage() {}

  static String of(List<Dialect> dialects) {
    return Resources.get("/reference/errors.html")
        .toString()
        .replace("{{links}}", all(dialects, "<a href=\"#%1$s\">%2$s</a>\n"))
        .replace(
            "{{sections}}",
            dialects.stream().map(ErrorPage::section).collect(Collectors.joining()));
  }

  private static String all(List<Dialect> dialects, String form) {
    return dialects.stream()
        .map(dialect -> form.formatted(dialect.name(), Html.title(dialect)))
        .collect(Collectors.joining());
  }

  private static String section(Dialect dialect) {
    String rows =
        Resources.find("/reference/errors/" + dialect.name() + ".txt").stream()
            .flatMap(file -> file.toString().lines())
            .map(line -> row(dialect.name(), line.split(COLUMNS)))
            .collect(Collectors.joining());
    return "<section aria-labelledby=\"%1$s\">\n<h2 id=\"%1$s\">%2$s</h2>\n<dl>\n%3$s</dl>\n</section>\n"
        .formatted(dialect.name(), Html.title(dialect), rows);
  }

  private static String row(String dialect, String[] columns) {
    String code = columns[0];
    String statuses = columns[1].equals(code) ? "" : "<small>" + columns[1] + "</small>";
    return "<div id=\"%1$s-%2$s\"><dt><a href=\"#%1$s-%2$s\">%2$s</a>%3$s</dt><dd>%4$s</dd></div>\n"
        .formatted(dialect, code, statuses, Html.withCode(columns[2]));
  }
}
