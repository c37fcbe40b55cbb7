package io.nightjar.testing.frozen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.text.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds results against frozen ones: what was there must still be there; more may be. */
final class Comparison {
  /** What remains of the distance from a patch to itself. */
  private static final double NOTHING = 1e-5;

  private final List<Excepted> excepted;
  private final boolean exact;
  private final double tolerance;
  private final List<String> differences = new ArrayList<>();

  private Comparison(List<Excepted> excepted, boolean exact, double tolerance) {
    this.excepted = excepted;
    this.exact = exact;
    this.tolerance = tolerance;
  }

  /** Everything must be equal. */
  static Comparison exact(List<Excepted> excepted) {
    return new Comparison(excepted, true, 0);
  }

  /** Numbers must be close; digests and the numbers within texts are not looked at. */
  static Comparison within(double tolerance, List<Excepted> excepted) {
    return new Comparison(excepted, false, tolerance);
  }

  /** A line for each difference. */
  List<String> differences(JsonNode frozen, JsonNode found) {
    frozen
        .properties()
        .forEach(file -> compare(file.getKey() + "#", file.getValue(), found.get(file.getKey())));
    return differences;
  }

  /** Takes away what is never compared. */
  static void prune(ObjectNode files, List<Excepted> excepted) {
    files.properties().forEach(file -> prune(file.getKey() + "#", file.getValue(), excepted));
  }

  private static void prune(String path, JsonNode value, List<Excepted> excepted) {
    for (Iterator<Map.Entry<String, JsonNode>> fields = value.properties().iterator();
        fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      String inner = path + "/" + field.getKey();
      if (covered(inner, excepted)) {
        fields.remove();
      } else {
        prune(inner, field.getValue(), excepted);
      }
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        prune(path + "/" + i, value.get(i), excepted);
      }
    }
  }

  private static boolean covered(String path, List<Excepted> excepted) {
    return excepted.stream().anyMatch(exception -> exception.covers(path));
  }

  private void compare(String path, JsonNode frozen, JsonNode found) {
    if (covered(path, excepted) || (!exact && Condensed.isDigest(frozen))) {
      return;
    }
    if (found == null) {
      differences.add(path + " is missing; it was " + abridged(frozen));
    } else if (frozen.getNodeType() != found.getNodeType()) {
      differ(path, frozen, found);
    } else if (frozen.isObject()) {
      frozen
          .properties()
          .forEach(e -> compare(path + "/" + e.getKey(), e.getValue(), found.get(e.getKey())));
    } else if (frozen.isArray()) {
      if (frozen.size() != found.size()) {
        differ(path, frozen, found);
      }
      for (int i = 0; i < Math.min(frozen.size(), found.size()); i++) {
        compare(path + "/" + i, frozen.get(i), found.get(i));
      }
    } else if (!same(path, frozen, found)) {
      differ(path, frozen, found);
    }
  }

  private boolean same(String path, JsonNode frozen, JsonNode found) {
    if (frozen.isNumber()) {
      return same(frozen.decimalValue(), found.decimalValue());
    }
    if (!frozen.isTextual()) {
      return frozen.equals(found);
    }
    // Where a page breaks between two tags may change with what writes it.
    boolean page = path.endsWith("/text");
    String before = page ? frozen.textValue().replace(" ", "") : frozen.textValue();
    String now = page ? found.textValue().replace(" ", "") : found.textValue();
    if (exact) {
      return before.equals(now);
    }
    Optional<BigDecimal> number = number(before);
    Optional<BigDecimal> other = number(now);
    if (number.isPresent() && other.isPresent()) {
      return same(number.get(), other.get());
    }
    return before.replaceAll("\\d+", "#").equals(now.replaceAll("\\d+", "#"));
  }

  private boolean same(BigDecimal frozen, BigDecimal found) {
    double before = frozen.doubleValue();
    double now = found.doubleValue();
    return exact
        ? frozen.compareTo(found) == 0
        : Math.abs(before - now) <= NOTHING + tolerance * Math.max(Math.abs(before), Math.abs(now));
  }

  private static Optional<BigDecimal> number(String text) {
    return text.matches("-?\\d+(\\.\\d+)?(E-?\\d+)?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private void differ(String path, JsonNode frozen, JsonNode found) {
    String before = frozen.toString();
    String now = found.toString();
    int from = 0;
    while (from < Math.min(before.length(), now.length())
        && before.charAt(from) == now.charAt(from)) {
      from++;
    }
    int start = before.length() > 200 ? Math.max(0, from - 40) : 0;
    differences.add(
        Text.format("%s was %s and is %s", path, abridged(before, start), abridged(now, start)));
  }

  private static String abridged(JsonNode value) {
    return abridged(value.toString(), 0);
  }

  private static String abridged(String text, int from) {
    String rest = (from > 0 ? "..." : "") + text.substring(Math.min(from, text.length()));
    return rest.length() <= 160 ? rest : rest.substring(0, 160) + "...";
  }
}
