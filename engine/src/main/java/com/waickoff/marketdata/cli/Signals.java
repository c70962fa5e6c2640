package com.waickoff.marketdata.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Hears the signals by which a process is asked to end, in place of the JVM, whose own way is to end
 * with an exit code of the signal, and to ignore a second one.
 *
 * <p>By reflection, because the compiler has a warning for each mention of what it calls, and there
 * is no other interface to signals.
 */
final class Signals {
    private static final List<String> NAMES = List.of("TERM", "INT");

    private Signals() {}

    /**
     * Hears them from now on.
     *
     * @param handler gets the number of each, on a thread of its own
     * @return false if this JVM has no such interface: everything stays as it was
     */
    static boolean handle(IntConsumer handler) {
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
}
