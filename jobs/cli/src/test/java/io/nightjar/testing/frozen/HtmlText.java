package io.nightjar.testing.frozen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.StringEscapeUtils;

/**
 * What a person sees of a page, section by section under its heading: text, links, tool tips and
 * the numbers that drawings are made of. The rest of the markup is left out.
 */
final class HtmlText {
  private static final Pattern UNSEEN =
      Pattern.compile("<!--.*?-->|<(style|script)\\b.*?</\\1>", Pattern.DOTALL);

  /** When, on what and with what a run was: its {@code run.json} says the same. */
  private static final Pattern RUN = Pattern.compile("<dl class=\"run\">.*?</dl>", Pattern.DOTALL);

  /** Images within the page are drawn from the maps, which are compared. */
  private static final Pattern WITHIN = Pattern.compile("(data:[a-z/]+);base64,[A-Za-z0-9+/=]*");

  private static final Pattern HEADING =
      Pattern.compile("<h[1-3]\\b[^>]*>(.*?)</h[1-3]>", Pattern.DOTALL);

  /** The report shows seconds with one decimal, and nothing else. */
  private static final Pattern SECONDS =
      Pattern.compile(
          "\\d+ h \\d\\d min|\\d+ min \\d\\d s|(?<![\\d.,])\\d+\\.\\d(?![\\d.])( s\\b)?");

  private static final Pattern TIP_OF_SECONDS =
      Pattern.compile("title\\s*=\\s*\"[^\"]*\"\\s*>\\s*\\d+\\.\\d\\s*<");

  private static final List<String> LINKS = List.of("href", "src", "alt");
  private static final List<String> TIPS = List.of("title", "aria-label");
  private static final List<String> DRAWING =
      List.of("d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "viewBox");

  private HtmlText() {}

  static ObjectNode of(String page) {
    String shown = RUN.matcher(UNSEEN.matcher(page).replaceAll(" ")).replaceAll(" ");
    String seen =
        TIP_OF_SECONDS.matcher(WITHIN.matcher(shown).replaceAll("$1")).replaceAll(">0.0<");
    ObjectNode sections = Condensed.NODES.objectNode();
    String heading = "before the first heading";
    int start = 0;
    Matcher headings = HEADING.matcher(seen);
    while (headings.find()) {
      put(sections, heading, seen.substring(start, headings.start()));
      heading = text(headings.group(1));
      start = headings.end();
    }
    put(sections, heading, seen.substring(start));
    return sections;
  }

  private static void put(ObjectNode sections, String heading, String markup) {
    String name = heading;
    for (int n = 2; sections.has(name); n++) {
      name = heading + " " + n;
    }
    ObjectNode section = sections.putObject(name);
    section.put("text", SECONDS.matcher(text(markup)).replaceAll("#"));
    ArrayNode links = section.putArray("links");
    LINKS.forEach(attribute -> values(markup, attribute).forEach(links::add));
    section.set("tips", digest(markup, TIPS));
    section.set("drawing", digest(markup, DRAWING));
  }

  private static String text(String markup) {
    return decoded(markup.replaceAll("<[^>]*>", " "));
  }

  private static String decoded(String text) {
    return StringEscapeUtils.unescapeHtml4(text)
        .replace("\u00ad", "") // a place to break a word at
        .replace('\u00a0', ' ')
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static JsonNode digest(String markup, List<String> attributes) {
    return Condensed.digest(
        attributes.stream()
            .map(attribute -> attribute + values(markup, attribute))
            .collect(Collectors.joining("\n")));
  }

  /** Each attribute by itself: their order within a tag is nothing that anyone sees. */
  private static List<String> values(String markup, String attribute) {
    return Pattern.compile("<[^>]*\\s" + attribute + "\\s*=\\s*\"([^\"]*)\"")
        .matcher(markup)
        .results()
        .map((MatchResult match) -> decoded(match.group(1)))
        .toList();
  }
}
