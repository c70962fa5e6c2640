package com.waickoff.marketdata.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What asks a process to come to its end: signals, or the end of its input.
 *
 * <p>Hears the signals by which a process is asked to end, in place of the JVM, whose own way is to end
 * with an exit code of the signal, and to ignore a second one.
 *
 * <p>By reflection, because the compiler has a warning for each mention of what it calls, and there
 * is no other interface to signals.
 */
public final class Signals {
    private static final List<String> NAMES = List.of("TERM", "INT");

    private Signals() {}

    /**
     * Hears them from now on.
     *
     * @param handler gets the number of each, on a thread of its own
     * @return false if this JVM has no such interface: everything stays as it was
     */
    public static boolean handle(IntConsumer handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(),
                    new Class<?>[]{signalHandler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            handler.accept((int) signal.getMethod("getNumber")
                                    .invoke(arguments[0]));
                        }
                        return null;
                    });
            for (String name : NAMES) {
                signal.getMethod("handle", signal, signalHandler).invoke(null,
                        signal.getConstructor(String.class).newInstance(name), proxy);
            }
            return true;
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException
                | InstantiationException | InvocationTargetException e) {
            return false;
        }
    }

    /**
     * Reads what nobody wants, for its end, on a thread of its own: so a process does not outlive the
     * one that started it.
     *
     * @param request asks for the end
     */
    public static void onEndOf(InputStream input, Runnable request) {
        Thread reader = new Thread(() -> {
            try {
                input.transferTo(OutputStream.nullOutputStream());
            } catch (IOException broken) {
                // As good as its end.
            }
            request.run();
        }, "stdin");
        reader.setDaemon(true);
        reader.start();
    }
}
