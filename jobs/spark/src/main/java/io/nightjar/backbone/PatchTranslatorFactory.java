package io.nightjar.backbone;

import ai.djl.Model;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/**
 * Makes a model that {@link BackboneModel#write} wrote usable in any DJL {@code Predictor}: the
 * input is an encoded image (PNG, JPEG, BMP, TIFF) as {@code byte[]}, which is resized to the
 * model's size; the output is its patch embeddings, as {@code float[]} (row-major {@code
 * [patches][channels]}), {@code float[][]}, or {@code byte[]}: an NPZ archive with the array {@code
 * patches}, which is the form of the DJL Spark extension's {@code BinaryPredictor}.
 *
 * <p>An image that cannot be decoded fails the batch with a {@code TranslateException} whose cause
 * says why.
 */
public final class PatchTranslatorFactory implements TranslatorFactory, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public Set<Pair<Type, Type>> getSupportedTypes() {
    return Set.of(
        new Pair<>(byte[].class, float[].class),
        new Pair<>(byte[].class, float[][].class),
        new Pair<>(byte[].class, byte[].class));
  }

  @Override
  @SuppressWarnings("unchecked") // each branch has checked the classes that the caller named
  public <I, O> Translator<I, O> newInstance(
      Class<I> input, Class<O> output, Model model, Map<String, ?> arguments) {
    if (input == byte[].class && output == float[].class) {
      return (Translator<I, O>) new PatchTranslator<>(PatchTranslator::flat);
    }
    if (input == byte[].class && output == float[][].class) {
      return (Translator<I, O>) new PatchTranslator<>(PatchTranslator::rows);
    }
    if (input == byte[].class && output == byte[].class) {
      return (Translator<I, O>) new PatchTranslator<>(PatchTranslator::npz);
    }
    throw new IllegalArgumentException(
        Text.format(
            "Images are given as byte[] and patches returned as float[], float[][] or byte[], not from %s to %s",
            input.getTypeName(), output.getTypeName()));
  }
}
