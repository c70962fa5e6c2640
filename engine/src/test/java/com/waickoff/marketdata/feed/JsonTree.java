package com.waickoff.marketdata.feed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON as the grammar says, read by plain recursion: what the cursor is compared with, and a way to
 * write the same text in another form. Bytes stand for characters; scalars keep their text.
 */
public final class JsonTree {
    private static final Pattern STRING = Pattern
            .compile("\"(?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+\"");
    private static final Pattern LITERAL = Pattern.compile("true|false|null");
    private static final Pattern NUMBER = Pattern
            .compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    private final String text;
    private int at;

    private JsonTree(String text) {
        this.text = text;
    }

    /** A value of the text: a scalar, or the members of a container. */
    public record Node(char kind, String scalar, List<Member> members) {}

    /** An element of an array, or a member of an object. */
    public record Member(String key, Node value) {}

    /** Whether the bytes are one JSON value no deeper than the cursor goes. */
    public static boolean isValid(byte[] bytes) {
        return parse(new String(bytes, StandardCharsets.ISO_8859_1)) != null;
    }

    /** The value of a text, or null if it is none. */
    public static Node parse(String text) {
        JsonTree tree = new JsonTree(text);
        Node node = tree.value(0);
        tree.space();
        return tree.at == text.length() ? node : null;
    }

    /** The same value with its keys in another order, unknown keys, white space and escapes. */
    public static String rewrite(Node node, SplittableRandom random) {
        StringBuilder out = new StringBuilder();
        write(out, node, random);
        return out.append(space(random)).toString();
    }

    private static void write(StringBuilder out, Node node, SplittableRandom random) {
        out.append(space(random));
        if (node.members == null) {
            out.append(node.scalar.startsWith("\"") ? escaped(node.scalar, random) : node.scalar);
            return;
        }
        List<Member> members = new ArrayList<>(node.members);
        if (node.kind == '{') {
            for (int i = 0; i < random.nextInt(3); i++) {
                members.add(new Member("\"x" + random.nextInt(100) + '"', unknown(random)));
            }
            for (int i = members.size() - 1; i > 0; i--) {
                members.set(i, members.set(random.nextInt(i + 1), members.get(i)));
            }
        }
        out.append(node.kind);
        for (int i = 0; i < members.size(); i++) {
            out.append(i == 0 ? "" : ",").append(space(random));
            if (node.kind == '{') {
                out.append(escaped(members.get(i).key, random)).append(space(random)).append(':');
            }
            write(out, members.get(i).value, random);
            out.append(space(random));
        }
        out.append(space(random)).append(node.kind == '{' ? '}' : ']');
    }

    private static Node unknown(SplittableRandom random) {
        return parse(switch (random.nextInt(5)) {
            case 0 -> "null";
            case 1 -> "-1.5e-3";
            case 2 -> "{\"p\":\"1\",\"topic\":[{\"u\":1}],\"b\":[[\"1\",\"2\"]]}";
            case 3 -> "[[],{},\"\\\"]}\\\\\"]";
            default -> "\"data\"";
        });
    }

    private static String escaped(String quoted, SplittableRandom random) {
        if (random.nextInt(8) != 0 || quoted.length() == 2 || quoted.contains("\\")) {
            return quoted;
        }
        int index = 1 + random.nextInt(quoted.length() - 2);
        return quoted.substring(0, index) + String.format("\\u%04x", (int) quoted.charAt(index))
                + quoted.substring(index + 1);
    }

    private static String space(SplittableRandom random) {
        return random.nextInt(4) == 0 ? " \n\r\t ".substring(random.nextInt(5)) : "";
    }

    private Node value(int depth) {
        space();
        char first = peek();
        if (first == '{' || first == '[') {
            return depth == JsonCursor.MAX_DEPTH ? null : container(first, depth + 1);
        }
        int start = at;
        boolean isScalar = first == '"' ? string() : literal() || number();
        return isScalar ? new Node('s', text.substring(start, at), null) : null;
    }

    private Node container(char kind, int depth) {
        List<Member> members = new ArrayList<>();
        at++;
        space();
        if (take(kind == '{' ? '}' : ']')) {
            return new Node(kind, "", members);
        }
        do {
            space();
            int start = at;
            if (kind == '{' && !string()) {
                return null;
            }
            String key = text.substring(start, at);
            space();
            if (kind == '{' && !take(':')) {
                return null;
            }
            Node value = value(depth);
            if (value == null) {
                return null;
            }
            members.add(new Member(key, value));
            space();
        } while (take(','));
        return take(kind == '{' ? '}' : ']') ? new Node(kind, "", members) : null;
    }

    private boolean string() {
        return match(STRING);
    }

    private boolean literal() {
        return match(LITERAL);
    }

    private boolean number() {
        return match(NUMBER);
    }

    private boolean match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        at = matcher.end();
        return true;
    }

    private void space() {
        while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean take(char wanted) {
        boolean isThere = at < text.length() && text.charAt(at) == wanted;
        at += isThere ? 1 : 0;
        return isThere;
    }
}
