package io.nightjar.dataset.ledger;

import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of every entry that was found where a command looked: each is used, quarantined with
 * a reason, or passed over, so that {@code found = used + quarantined + passed over}.
 *
 * <p>An entry is a file, a link that leads nowhere, or a folder that was not looked into; a folder
 * that was looked into is represented by its entries.
 *
 * @param found entries found
 * @param used entries that were read: images, masks and maps
 * @param quarantined entries that were left out with a reason of their own; an image takes its mask
 *     and its map with it
 * @param passedOver the others, by kind
 */
public record Ledger(long found, long used, long quarantined, List<PassedOver> passedOver)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nothing was found. */
  public static final Ledger EMPTY = new Ledger(0, 0, 0, List.of());

  /**
   * Checks that the counts add up, and sorts the kinds.
   *
   * @param found entries found
   * @param used entries that were read: images, masks and maps
   * @param quarantined entries that were left out with a reason of their own; an image takes its
   *     mask and its map with it
   * @param passedOver the others, by kind
   * @throws IllegalArgumentException if they do not
   */
  public Ledger {
    passedOver = passedOver.stream().sorted(Comparator.comparing(PassedOver::kind)).toList();
    long others = passedOver.stream().mapToLong(PassedOver::count).sum();
    if (used < 0 || quarantined < 0 || found != used + quarantined + others) {
      throw new IllegalArgumentException(
          Text.format(
              "A ledger of %d entries cannot have %d used, %d quarantined and %d passed over",
              found, used, quarantined, others));
    }
  }

  /**
   * So many entries, all of which are used.
   *
   * @param entries how many
   * @return a ledger without other entries
   */
  public static Ledger ofUsed(long entries) {
    return new Ledger(entries, entries, 0, List.of());
  }

  /**
   * The number of entries that were passed over.
   *
   * @return of all kinds, at least 0
   */
  public long passed() {
    return found - used - quarantined;
  }

  /**
   * The entries of this ledger and of another one together.
   *
   * @param other of other entries
   * @return the sums, by kind
   */
  public Ledger plus(Ledger other) {
    Map<PassedOver.Kind, PassedOver> kinds = new EnumMap<>(PassedOver.Kind.class);
    for (List<PassedOver> part : List.of(passedOver, other.passedOver)) {
      part.forEach(one -> kinds.merge(one.kind(), one, PassedOver::plus));
    }
    return new Ledger(
        found + other.found,
        used + other.used,
        quarantined + other.quarantined,
        List.copyOf(kinds.values()));
  }

  /**
   * The sum of several ledgers.
   *
   * @param ledgers of different entries; {@link #EMPTY} where there are none
   * @return the sums, by kind
   */
  public static Ledger sum(Collection<Ledger> ledgers) {
    return ledgers.stream().reduce(EMPTY, Ledger::plus);
  }

  /**
   * The same where so many of the used entries turned out to be unreadable.
   *
   * @param entries how many, at most as many as are used
   * @return as many entries in all
   * @throws IllegalArgumentException if more entries are named than are used
   */
  public Ledger quarantining(long entries) {
    return new Ledger(found, used - entries, quarantined + entries, passedOver);
  }

  /**
   * The same where these of the used entries were passed over after all.
   *
   * @param kind why they were passed over
   * @param paths of these entries, at most as many as are used
   * @return as many entries in all
   * @throws IllegalArgumentException if more entries are named than are used
   */
  public Ledger passing(PassedOver.Kind kind, List<String> paths) {
    if (paths.isEmpty()) {
      return this;
    }
    List<PassedOver> more = new ArrayList<>(passedOver);
    Ledger without = new Ledger(found - paths.size(), used - paths.size(), quarantined, more);
    return without.plus(new Ledger(paths.size(), 0, 0, List.of(PassedOver.of(kind, paths))));
  }

  /** The counts alone, as a part of a sentence. */
  String counts() {
    return Text.format(
        "%d found, of which %d used, %d quarantined, %d passed over",
        found, used, quarantined, passed());
  }

  /**
   * All in one sentence, with an example of each kind that was passed over.
   *
   * @return with a full stop
   */
  public String describe() {
    String counts = counts();
    return passedOver.isEmpty()
        ? counts + "."
        : counts
            + " ("
            + passedOver.stream().map(PassedOver::describe).collect(Collectors.joining("; "))
            + ").";
  }
}
