package io.nightjar.io.place;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * What a run reads, to keep it apart from where the run writes: no input may lie in the folder of
 * the results, which a run replaces, and no results in a folder whose content is input. Places are
 * compared as they really are, with local symbolic links resolved.
 */
public final class InputPlaces {
  private final Configuration configuration;
  private final List<Given> given = new ArrayList<>();
  private final List<Given> linked = new ArrayList<>();

  /**
   * An input.
   *
   * @param option by which it was named
   * @param uri as it was named
   * @param isListed whether all that lies in it is input
   */
  private record Given(String option, String uri, boolean isListed) {}

  /**
   * Begins with no input.
   *
   * @param configuration names the file systems
   */
  public InputPlaces(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Adds a folder all of whose content is input, or a file. */
  public InputPlaces folder(String option, String uri) {
    given.add(new Given(option, uri, true));
    return this;
  }

  /** The same, where it was named. */
  public InputPlaces folder(String option, Optional<String> uri) {
    uri.ifPresent(place -> folder(option, place));
    return this;
  }

  /** Adds a folder that is looked through for input, or a file. */
  public InputPlaces searched(String option, String uri) {
    given.add(new Given(option, uri, false));
    return this;
  }

  /**
   * Adds files that were found in a folder of input, perhaps through a symbolic link that leads out
   * of it.
   */
  public InputPlaces found(String option, Collection<String> uris) {
    Set<String> folders = new LinkedHashSet<>();
    for (String uri : uris) {
      int slash = uri.lastIndexOf('/');
      folders.add(slash > 0 ? uri.substring(0, slash) : uri);
    }
    folders.forEach(folder -> linked.add(new Given(option, folder, false)));
    return this;
  }

  /**
   * Refuses a folder for results that overlaps an input.
   *
   * @param option by which the folder was named
   * @param out the folder, which need not exist
   * @throws InvalidInputException if it overlaps one
   */
  public void requireApart(String option, String out) {
    requireApart(option, out, given);
  }

  /**
   * Refuses a folder for results that holds a file which was {@link #found}: only needed where
   * something in the folder is to be replaced.
   *
   * @throws InvalidInputException if it holds one
   */
  public void requireNoneFoundIn(String option, String out) {
    requireApart(option, out, linked);
  }

  private void requireApart(String option, String out, List<Given> inputs) {
    Place target;
    try {
      target = Place.of(out, configuration);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format("%s %s cannot be used: %s", option, out, PlaceFault.of(out, e).sentences()),
          e);
    }
    for (Given input : inputs) {
      requireApart(option, out, target, input);
    }
  }

  private void requireApart(String option, String out, Place target, Given input) {
    try {
      Place place = Place.of(input.uri, configuration);
      if (target.contains(place)) {
        throw new InvalidInputException(
            Text.format(
                "%s %s lies in %s %s, to which the run writes; name another folder to write to.",
                input.option, input.uri, option, out));
      }
      if (input.isListed && place.contains(target)) {
        throw new InvalidInputException(
            Text.format(
                "%s %s lies in %s %s, where what the run writes would be taken for input; name a folder outside of it.",
                option, out, input.option, input.uri));
      }
    } catch (IOException | IllegalArgumentException e) {
      // What cannot be resolved is no place of a file system, such as the name of an architecture's
      // weights, or is refused with its own sentence when it is read.
    }
  }
}
