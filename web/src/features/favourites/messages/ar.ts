import type { FavouritesCatalogue } from ".";

export const ar: FavouritesCatalogue = {
  "event.failed": "تعذّر الحفظ الآن. حاول مجددًا بعد لحظات.",
  "event.kept": "حُفظت ضمن مفضّلتك.",
  "event.mark": "مفضّلة: {title}",
  "event.tooMany": "لا يمكن أن تزيد المفضّلة على ما لديك. أزل واحدة أولًا.",
  "page.guest": "هذه محفوظة في هذا المتصفح فقط. سجّل الدخول لتجدها على كل أجهزتك.",
  "page.noneText": "القلب على صورة الفعالية يحفظها هنا.",
  "page.noneTitle": "لا فعاليات قادمة في المفضّلة",
  "page.title": "المفضّلة",
  "venue.follow": "متابعة {name}",
  "venue.kept": "أنت تتابع {name}. فعالياته ضمن مفضّلتك.",
  "venues.next": "قريبًا في الأماكن التي تتابعها",
  "venues.title": "الأماكن التي تتابعها",
};
