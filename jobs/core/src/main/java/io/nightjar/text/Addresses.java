package io.nightjar.text;

import java.util.Locale;
import java.util.Set;

/**
 * Addresses (URIs) as they may be stored and shown: without a user, a password or a query, where
 * people put keys and signatures. Every text that leaves the program for a document, a page, a log
 * or a console goes through here.
 */
public final class Addresses {
  private static final String MARK = "://";

  /** Their part before an {@code @} is a container's name, unless a password follows it. */
  private static final Set<String> OF_CONTAINERS = Set.of("abfs", "abfss", "wasb", "wasbs");

  /** Of their addresses a query is never part of a file's name. */
  private static final Set<String> OF_THE_WEB = Set.of("http", "https");

  private static final String DELIMITERS = "\"'<>`";
  private static final String PUNCTUATION = ".,:;)]}";

  private Addresses() {}

  /**
   * A text, such as an address or a sentence, in which every address has lost its user, password
   * and query; all else is unchanged, and the result is its own result. A question mark in the name
   * of a file on a store other than the web begins a query only where an equals sign follows.
   */
  public static String redacted(String text) {
    int mark = text.indexOf(MARK);
    if (mark < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length());
    int copied = 0;
    int end = 0; // of the addresses that are in one another
    int equals = 0; // the last before the end
    while (mark >= 0) {
      int start = mark + MARK.length();
      if (start > end) {
        end = end(text, start);
        equals = lastIndexOf(text, '=', start, end);
      }
      int next = text.indexOf(MARK, start);
      int inner = next >= 0 && next < end ? next : end;
      String scheme = scheme(text, copied, mark);
      int host = host(text, scheme, start, inner);
      int query = indexOf(text, '?', host, inner);
      result.append(text, copied, start);
      if (query >= 0 && (OF_THE_WEB.contains(scheme) || equals > query)) {
        result.append(text, host, query);
        copied = afterQuery(text, query, end);
        next = text.indexOf(MARK, copied);
      } else {
        copied = host;
      }
      mark = next;
    }
    return result.append(text, copied, text.length()).toString();
  }

  private static String scheme(String text, int from, int mark) {
    int start = mark;
    while (start > from && isOfScheme(text.charAt(start - 1))) {
      start--;
    }
    return text.substring(start, mark).toLowerCase(Locale.ROOT);
  }

  private static boolean isOfScheme(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '-'
        || c == '.';
  }

  /** The end of an address: the next character that none has. */
  private static int end(String text, int start) {
    int end = start;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && !Character.isISOControl(text.charAt(end))
        && DELIMITERS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Where the host begins: after the user and the password. */
  private static int host(String text, String scheme, int start, int end) {
    int host = start;
    int next = afterUser(text, scheme, host, end);
    while (next > host) {
      host = next;
      next = afterUser(text, scheme, host, end);
    }
    return host;
  }

  private static int afterUser(String text, String scheme, int start, int end) {
    int path = start;
    int colon = -1;
    int at = -1;
    while (path < end && "/?#".indexOf(text.charAt(path)) < 0) {
      if (text.charAt(path) == ':' && colon < 0) {
        colon = path;
      } else if (text.charAt(path) == '@') {
        at = path;
      }
      path++;
    }
    if (at >= 0) {
      boolean container = OF_CONTAINERS.contains(scheme) && (colon < 0 || colon > at);
      return container ? start : at + 1;
    }
    // A password may hold a slash that no one escaped, but what follows a colon may be a port.
    return colon < 0 || isNumber(text, colon + 1, path) ? start : indexOf(text, '@', path, end) + 1;
  }

  private static boolean isNumber(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** What goes on after a query: the punctuation of the sentence around it. */
  private static int afterQuery(String text, int query, int end) {
    int after = end;
    while (after > query + 1 && PUNCTUATION.indexOf(text.charAt(after - 1)) >= 0) {
      after--;
    }
    return after;
  }

  private static int indexOf(String text, char c, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }

  private static int lastIndexOf(String text, char c, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (text.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }
}
