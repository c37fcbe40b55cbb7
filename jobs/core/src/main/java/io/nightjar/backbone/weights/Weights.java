package io.nightjar.backbone.weights;

import io.nightjar.text.Addresses;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The named tensors of a trained (or seeded) network and their origin. */
public final class Weights {
  /** What torch's data parallelism, averaged models and compiled ones put before names. */
  private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.");

  private final String source;
  private final String sha256;
  private final String part;
  private final Map<String, Tensor> tensors;

  /**
   * The tensors of a file that holds nothing else, or of a seed. The prefixes {@code module.} and
   * {@code _orig_mod.} of wrapped models are dropped from the names, unless two names would become
   * the same.
   *
   * @param source the file, address or seed, in words; credentials in it are masked
   * @param sha256 64 hex digits: the hash of the file, or of the tensors where there is no file
   * @param tensors by their names, which are those of torchvision's models
   */
  public Weights(String source, String sha256, Map<String, Tensor> tensors) {
    this(source, sha256, "", tensors);
  }

  /**
   * Drops the prefixes {@code module.} and {@code _orig_mod.} of wrapped models from the names.
   *
   * @param part the keys of a checkpoint that lead to the tensors; empty where there are none
   */
  Weights(String source, String sha256, String part, Map<String, Tensor> tensors) {
    this.source = Addresses.redacted(source);
    this.sha256 = sha256;
    this.part = part;
    Map<String, Tensor> named = new TreeMap<>();
    tensors.forEach((name, tensor) -> named.put(unwrapped(name), tensor));
    this.tensors =
        Collections.unmodifiableMap(
            named.size() == tensors.size() ? named : new TreeMap<>(tensors));
  }

  private static String unwrapped(String name) {
    for (String wrapper : WRAPPERS) {
      if (name.startsWith(wrapper)) {
        return unwrapped(name.substring(wrapper.length()));
      }
    }
    return name;
  }

  /** The keys of a checkpoint under which the tensors were found; empty where there are none. */
  String part() {
    return part;
  }

  /**
   * The file, address or seed that the tensors come from, in words.
   *
   * @return without credentials
   */
  public String source() {
    return source;
  }

  /**
   * SHA-256 of the weight file, or of the tensors themselves where there is no file.
   *
   * @return 64 hex digits, lower case
   */
  public String sha256() {
    return sha256;
  }

  /**
   * Names of the tensors, sorted.
   *
   * @return an unmodifiable set
   */
  public Set<String> names() {
    return tensors.keySet();
  }

  /**
   * The tensor of a name.
   *
   * @param name as {@link #names} has it
   * @return the tensor itself, not a copy
   * @throws IllegalArgumentException if there is none of this name
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("No tensor " + name + " in " + source);
    }
    return tensor;
  }
}
