import type { Language } from "@/i18n/messages";

interface OfflineTexts {
  asOf: (when: string) => string;
  newVersion: string;
  load: string;
  installTitle: string;
  installText: string;
  install: string;
  /** For browsers that have no button for it. */
  installBySharing: string;
  notNow: string;
}

export const offlineTexts: Record<Language, OfflineTexts> = {
  en: {
    asOf: (when) => `Offline, as of ${when}`,
    newVersion: "There is a new version of this shop.",
    load: "Load it",
    installTitle: "Keep your tickets at hand",
    installText: "Install the shop on this device: your tickets then open from the home screen, without a network too.",
    install: "Install",
    installBySharing:
      "Tap the Share button and then “Add to Home Screen”: your tickets then open from there, without a network too.",
    notNow: "Not now",
  },
  de: {
    asOf: (when) => `Offline, Stand ${when}`,
    newVersion: "Es gibt eine neue Version dieses Shops.",
    load: "Laden",
    installTitle: "Tickets griffbereit",
    installText:
      "Installieren Sie den Shop auf diesem Gerät: Ihre Tickets öffnen sich dann vom Startbildschirm, auch ohne Netz.",
    install: "Installieren",
    installBySharing:
      "Tippen Sie auf „Teilen“ und dann auf „Zum Home-Bildschirm“: Ihre Tickets öffnen sich dann von dort, auch ohne Netz.",
    notNow: "Jetzt nicht",
  },
  es: {
    asOf: (when) => `Sin conexión, datos de ${when}`,
    newVersion: "Hay una versión nueva de esta tienda.",
    load: "Cargarla",
    installTitle: "Sus entradas a mano",
    installText:
      "Instale la tienda en este dispositivo: sus entradas se abren desde la pantalla de inicio, también sin red.",
    install: "Instalar",
    installBySharing:
      "Toque «Compartir» y después «Añadir a pantalla de inicio»: sus entradas se abren desde allí, también sin red.",
    notNow: "Ahora no",
  },
  ar: {
    asOf: (when) => `دون اتصال، آخر تحديث ${when}`,
    newVersion: "هناك إصدار جديد من هذا المتجر.",
    load: "تحميله",
    installTitle: "تذاكرك في متناول يدك",
    installText: "ثبّت المتجر على هذا الجهاز: تُفتح تذاكرك من الشاشة الرئيسية، ومن دون شبكة أيضًا.",
    install: "تثبيت",
    installBySharing: "اضغط زر المشاركة ثم «إضافة إلى الشاشة الرئيسية»: تُفتح تذاكرك من هناك، ومن دون شبكة أيضًا.",
    notNow: "ليس الآن",
  },
};
