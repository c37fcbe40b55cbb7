package io.nightjar.dataset.ledger;

import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Entries of one kind that were neither used nor quarantined.
 *
 * @param kind why
 * @param count how many
 * @param examples the first ones, at most three, by their paths below the location that was given
 */
public record PassedOver(Kind kind, long count, List<String> examples) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int MOST_EXAMPLES = 3;

  /** Why an entry is passed over. */
  public enum Kind {
    /** Names that begin with a dot or an underscore. */
    HIDDEN("hidden, the name begins with . or _"),
    /** Thumbnails, folder settings and wastebaskets. */
    DESKTOP("of a desktop or a file server"),
    /** Texts, tables, licences. */
    COMPANION("texts and tables"),
    /**
     * Images of types that are not read, where no image was expected or one that is read exists.
     */
    IMAGE_TYPE("images of types that are not read"),
    /** Masks and label images that lie among the images. */
    MASK_AMONG_IMAGES("masks among the images"),
    /** Masks that belong to no image. */
    ORPHANED_MASK("masks without an image"),
    /** Masks of images without a defect. */
    MASK_OF_GOOD("masks of good images"),
    /** Anomaly maps that belong to no image. */
    ORPHANED_MAP("anomaly maps without an image"),
    /** Another name for what was read already. */
    REACHED_TWICE("reached twice by links"),
    /** Images whose bytes the bank already has. */
    DUPLICATE("duplicates of images of the bank"),
    /** Images that the guard holds back for a person to look at. */
    HELD_BACK("held back for review"),
    /** Images and folders where the layout has none. */
    OUTSIDE("outside of the layout's folders"),
    /** Folders that are no category of the data set. */
    NO_CATEGORY("folders that are no category"),
    /** Categories that the options do not name. */
    NOT_SELECTED("of categories that were not asked for"),
    /** Parts of the data set that the command does not need. */
    NOT_NEEDED("not needed by this command"),
    /** Images that the data set has no label for. */
    UNLABELLED("images without labels"),
    /** Training images that show a defect, of which nothing is learnt. */
    DEFECTIVE_TRAINING("defective training images"),
    /** Images that the data set's own list of its parts does not name. */
    NOT_LISTED("not named in the data set's list"),
    /** All others. */
    OTHER("other files");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /**
     * The name in files, such as {@code orphaned_mask}.
     *
     * @return snake case
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind whose name in files this is.
     *
     * @param id as {@link #id} gives it
     * @return {@link #OTHER} where no kind has this name
     */
    public static Kind of(String id) {
      return Stream.of(values()).filter(kind -> kind.id().equals(id)).findFirst().orElse(OTHER);
    }

    /**
     * What entries of this kind are, for a person.
     *
     * @return such as {@code masks without an image}
     */
    public String words() {
      return words;
    }
  }

  /**
   * Keeps the first three examples.
   *
   * @param kind why
   * @param count how many
   * @param examples the first ones, at most three, by their paths below the location that was given
   */
  public PassedOver {
    examples = examples.stream().limit(MOST_EXAMPLES).toList();
  }

  /**
   * Entries of one kind, by their paths.
   *
   * @param kind why they are passed over
   * @param paths of all of them, below the location that was given
   * @return their number with the first three
   */
  public static PassedOver of(Kind kind, List<String> paths) {
    return new PassedOver(kind, paths.size(), paths);
  }

  PassedOver plus(PassedOver other) {
    return new PassedOver(
        kind,
        count + other.count,
        Stream.concat(examples.stream(), other.examples.stream()).toList());
  }

  /**
   * How many of which kind, with the first of them.
   *
   * @return a phrase without a full stop
   */
  public String describe() {
    return examples.isEmpty()
        ? Text.format("%s: %d", kind.words(), count)
        : Text.format("%s: %d, such as %s", kind.words(), count, examples.get(0));
  }
}
